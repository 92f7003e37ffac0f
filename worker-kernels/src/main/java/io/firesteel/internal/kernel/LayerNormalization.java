package io.firesteel.internal.kernel;

import io.firesteel.array.Floats;

/** Normalization of each position of x [rows, positions, channels] over its channels. */
public final class LayerNormalization implements NormalizationKernel {
    private final int positions;
    private final int channels;
    private final double epsilon;
    private final float[] means; // [rows, positions]
    private final float[] scales; // [rows, positions]: 1 / sqrt(variance + epsilon)
    private final float[] g; // [channels], of one position
    private final float[] gx; // [channels], of one position

    public LayerNormalization(int maxRows, int positions, int channels, double epsilon, ScratchAllocator memory) {
        this.positions = positions;
        this.channels = channels;
        this.epsilon = epsilon;
        means = memory.floats(Math.multiplyExact(maxRows, positions));
        scales = memory.floats(means.length);
        g = memory.floats(channels);
        gx = memory.floats(channels);
    }

    @Override
    public void forward(int rows, float[] x, float[] params, int w, int b, float[] y) {
        for (int position = 0; position < rows * positions; position++) {
            int at = position * channels, end = at + channels;
            double exact = Floats.sum(x, at, end) / channels;
            double variance = Math.max(0, Floats.squares(x, at, end) / channels - exact * exact);
            float mean = (float) exact, scale = (float) (1 / Math.sqrt(variance + epsilon));
            means[position] = mean;
            scales[position] = scale;
            for (int c = 0; c < channels; c++) y[at + c] = (x[at + c] - mean) * scale * params[w + c] + params[b + c];
        }
    }

    @Override
    public void backward(int rows, float[] x, float[] dy, float[] params, float[] grads, int w, int b, float[] dx) {
        for (int position = 0; position < rows * positions; position++) {
            int at = position * channels;
            float mean = means[position], scale = scales[position];
            for (int c = 0; c < channels; c++) {
                gx[c] = dy[at + c] * ((x[at + c] - mean) * scale); // dy xhat
                grads[w + c] += gx[c];
                grads[b + c] += dy[at + c];
            }
            if (dx == null) continue;
            for (int c = 0; c < channels; c++) {
                g[c] = dy[at + c] * params[w + c];
                gx[c] *= params[w + c];
            }
            float meanG = (float) (Floats.sum(g, 0, channels) / channels);
            float meanGx = (float) (Floats.sum(gx, 0, channels) / channels);
            for (int c = 0; c < channels; c++)
                dx[at + c] = scale * (g[c] - meanG - (x[at + c] - mean) * scale * meanGx);
        }
    }
}
