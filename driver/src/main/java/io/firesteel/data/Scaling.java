package io.firesteel.data;

import io.firesteel.model.Model;

/** A model's normalization, ready to run over rows: x = scale[c] raw + shift[c]; bytes by table. */
public final class Scaling {
  private static final double PIXEL = 255;

  private final int channels;
  private final float[] scale;
  private final float[] shift;
  private final float[] table; // [channels, 256], for pixels

  public Scaling(Model model) {
    channels = model.input().dim(model.input().rank() - 1);
    scale = model.normalization().scale(channels, 1);
    shift = model.normalization().shift(channels);
    float[] pixel = model.normalization().scale(channels, PIXEL);
    table = new float[channels << 8];
    for (int i = 0; i < table.length; i++) table[i] = pixel[i >> 8] * (i & 0xff) + shift[i >> 8];
  }

  /** Scales a row as a {@link Sink} gets it into row {@code to} of x. */
  public void apply(byte[] pixels, float[] values, int to, float[] x) {
    if (pixels != null) apply(pixels, 0, pixels.length, x, to * pixels.length);
    else apply(values, 0, values.length, x, to * values.length);
  }

  void apply(byte[] raw, int at, int width, float[] x, int to) {
    if (channels == 1) {
      for (int i = 0; i < width; i++) x[to + i] = table[raw[at + i] & 0xff];
    } else {
      for (int i = 0; i < width; i += channels)
        for (int c = 0; c < channels; c++) x[to + i + c] = table[c << 8 | raw[at + i + c] & 0xff];
    }
  }

  void apply(float[] raw, int at, int width, float[] x, int to) {
    for (int i = 0; i < width; i += channels)
      for (int c = 0; c < channels; c++) x[to + i + c] = scale[c] * raw[at + i + c] + shift[c];
  }
}
