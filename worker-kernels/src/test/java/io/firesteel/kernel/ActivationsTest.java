package io.firesteel.kernel;

import static io.firesteel.Numbers.assertClose;
import static io.firesteel.Numbers.floats;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ActivationsTest {
  private static final int N = 40_001;

  private static float[] line() {
    float[] x = new float[N];
    for (int i = 0; i < N; i++) x[i] = (i - N / 2) / 500f; // -40 to 40
    return x;
  }

  @Test void sigmoidIsTheQuotientOfExponentials() {
    float[] x = line(), y = new float[N];
    Activations.sigmoid(N, x, y);
    for (int i = 0; i < N; i++) assertClose("sigmoid " + x[i], 1 / (1 + Math.exp(-x[i])), y[i], 2e-7);
  }

  @Test void tanhIsTheHyperbolicTangent() {
    float[] x = line(), y = new float[N];
    Activations.tanh(N, x, y);
    for (int i = 0; i < N; i++) assertClose("tanh " + x[i], Math.tanh(x[i]), y[i], 2e-7);
  }

  @Test void theySaturateWithoutNaN() {
    float[] x = floats(-1e30, -200, 200, 1e30), y = new float[4];
    Activations.sigmoid(4, x, y);
    assertArrayEquals(floats(0, 0, 1, 1), y, 1e-37f);
    Activations.tanh(4, x, y);
    assertArrayEquals(floats(-1, -1, 1, 1), y);
  }

  @Test void reluKeepsThePositiveAndItsGradientPassesThereWhole() {
    float[] x = floats(-1, -0.0, 0, Float.MIN_NORMAL, 3, 1e38), y = new float[6], dx = new float[6];
    Activations.relu(6, x, y);
    assertArrayEquals(floats(0, 0, 0, Float.MIN_NORMAL, 3, 1e38), y);
    Activations.reluBackward(6, y, floats(5, 5, 5, 5, -7, 0.1), dx);
    assertArrayEquals(floats(0, 0, 0, 5, -7, 0.1), dx);
  }

  /** What is wrong upstream must not look right downstream. */
  @Test void notANumberStaysNotANumber() {
    float[] nan = {Float.NaN}, y = new float[1], dx = new float[1];
    Activations.relu(1, nan, y);
    assertTrue(Float.isNaN(y[0]));
    Activations.reluBackward(1, y, floats(1), dx);
    assertTrue(Float.isNaN(dx[0]));
    Activations.sigmoid(1, nan, y);
    assertTrue(Float.isNaN(y[0]));
    Activations.tanh(1, nan, y);
    assertTrue(Float.isNaN(y[0]));
  }

  @Test void onlyTheFirstNumbersAreTouched() {
    float[] x = floats(1, 2, 3), y = floats(9, 9, 9);
    Activations.relu(2, x, y);
    assertArrayEquals(floats(1, 2, 9), y);
    Activations.reluBackward(1, y, x, y);
    assertArrayEquals(floats(1, 2, 9), y);
  }
}
