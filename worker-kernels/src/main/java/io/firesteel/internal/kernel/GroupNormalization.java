package io.firesteel.internal.kernel;

import java.util.Arrays;

/**
 * Normalization of x [rows, positions, channels] over groups of neighbouring channels at all positions of a row. Sums
 * go down the positions first, channel by channel, then over the channels of a group.
 */
public final class GroupNormalization implements NormalizationKernel {
    private final int positions;
    private final int channels;
    private final int groups;
    private final double epsilon;
    private final float[] means; // [rows, groups]
    private final float[] scales; // [rows, groups]: 1 / sqrt(variance + epsilon)
    private final double[] sums; // [channels], of one row
    private final double[] products; // [channels], of one row
    private final float[] factor; // [channels], of one row
    private final float[] slope; // [channels], of one row
    private final float[] shift; // [channels], of one row

    public GroupNormalization(
            int maxRows, int positions, int channels, int groups, double epsilon, ScratchAllocator memory) {
        this.positions = positions;
        this.channels = channels;
        this.groups = groups;
        this.epsilon = epsilon;
        means = memory.floats(Math.multiplyExact(maxRows, groups));
        scales = memory.floats(means.length);
        sums = new double[channels];
        products = new double[channels];
        factor = memory.floats(channels);
        slope = memory.floats(channels);
        shift = memory.floats(channels);
    }

    /** As y = factor x + shift. */
    @Override
    public void forward(int rows, float[] x, float[] params, int w, int b, float[] y) {
        int length = channels / groups, count = positions * length, size = positions * channels;
        for (int r = 0; r < rows; r++) {
            sumColumns(x, x, r * size);
            for (int g = 0; g < groups; g++) {
                double sum = 0, squares = 0;
                for (int c = g * length; c < (g + 1) * length; c++) {
                    sum += sums[c];
                    squares += products[c];
                }
                double exact = sum / count, variance = Math.max(0, squares / count - exact * exact);
                float mean = (float) exact, scale = (float) (1 / Math.sqrt(variance + epsilon));
                means[r * groups + g] = mean;
                scales[r * groups + g] = scale;
                for (int c = g * length; c < (g + 1) * length; c++) {
                    factor[c] = scale * params[w + c];
                    shift[c] = params[b + c] - mean * factor[c];
                }
            }
            for (int at = r * size; at < (r + 1) * size; at += channels)
                for (int c = 0; c < channels; c++) y[at + c] = factor[c] * x[at + c] + shift[c];
        }
    }

    /** As dx = factor dy + slope x + shift. */
    @Override
    public void backward(int rows, float[] x, float[] dy, float[] params, float[] grads, int w, int b, float[] dx) {
        int length = channels / groups, count = positions * length, size = positions * channels;
        for (int r = 0; r < rows; r++) {
            sumColumns(dy, x, r * size);
            for (int g = 0; g < groups; g++) {
                float mean = means[r * groups + g], scale = scales[r * groups + g];
                double sum = 0, product = 0; // of dy w, of dy w xhat
                for (int c = g * length; c < (g + 1) * length; c++) {
                    double dw = (products[c] - mean * sums[c]) * scale;
                    grads[w + c] += (float) dw;
                    grads[b + c] += (float) sums[c];
                    sum += params[w + c] * sums[c];
                    product += params[w + c] * dw;
                }
                double towardsMean = -scale * (double) scale * product / count;
                double all = -scale * sum / count - mean * towardsMean;
                for (int c = g * length; c < (g + 1) * length; c++) {
                    factor[c] = scale * params[w + c];
                    slope[c] = (float) towardsMean;
                    shift[c] = (float) all;
                }
            }
            if (dx == null) continue;
            for (int at = r * size; at < (r + 1) * size; at += channels)
                for (int c = 0; c < channels; c++)
                    dx[at + c] = factor[c] * dy[at + c] + slope[c] * x[at + c] + shift[c];
        }
    }

    /** sums[c] = sum of u and products[c] = sum of u v over the positions of the row that begins at {@code from}. */
    private void sumColumns(float[] u, float[] v, int from) {
        Arrays.fill(sums, 0);
        Arrays.fill(products, 0);
        for (int at = from; at < from + positions * channels; at += channels)
            for (int c = 0; c < channels; c++) {
                double each = u[at + c];
                sums[c] += each;
                products[c] += each * v[at + c];
            }
    }
}
