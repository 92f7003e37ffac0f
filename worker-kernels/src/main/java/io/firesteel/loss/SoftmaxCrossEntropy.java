package io.firesteel.loss;

/**
 * L = -log softmax(y)[label]; dy = softmax(y) - onehot(label). The largest output is subtracted first, so that the exponential
 * cannot overflow.
 */
public record SoftmaxCrossEntropy() implements Loss {
  @Override public void check(int n, int width) {
    if (width != 1)
      throw new IllegalArgumentException("SoftmaxCrossEntropy takes class labels, got " + width + " values a row");
    if (n < 2)
      throw new IllegalArgumentException(
          "SoftmaxCrossEntropy needs one output a class, the model ends with [" + n + "]");
  }

  @Override public double apply(int rows, int n, int width, float[] y, float[] t, float[] dy) {
    double loss = 0;
    for (int r = 0; r < rows; r++) {
      int row = r * n, label = row + (int) t[r];
      float max = max(n, y, row);
      double sum = 0;
      for (int j = row; j < row + n; j++) sum += Math.exp(y[j] - max);
      loss += Math.log(sum) - (y[label] - max);
      if (dy == null) continue;
      for (int j = row; j < row + n; j++) dy[j] = (float) (Math.exp(y[j] - max) / sum);
      dy[label] -= 1;
    }
    return loss;
  }

  @Override public void predict(int rows, int n, float[] y) {
    for (int row = 0; row < rows * n; row += n) {
      float max = max(n, y, row);
      double sum = 0;
      for (int j = row; j < row + n; j++) sum += Math.exp(y[j] - max);
      for (int j = row; j < row + n; j++) y[j] = (float) (Math.exp(y[j] - max) / sum);
    }
  }

  private static float max(int n, float[] y, int row) {
    float max = y[row];
    for (int j = row + 1; j < row + n; j++) max = Math.max(max, y[j]);
    return max;
  }
}
