package io.firesteel.kernel;

import static io.firesteel.Numbers.floats;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.firesteel.array.Shape;
import org.junit.jupiter.api.Test;

/** What the gradient checks cannot see: equals, NaN, and padding beside negative numbers. */
class PoolTest {
  private static Window window(int height, int width, int kernel, int stride, String padding) {
    return Window.of("Pool", new Shape(height, width, 1), Size.of(kernel), Size.of(stride), Padding.parse(padding));
  }

  @Test void theFirstOfEqualMaximaGetsTheGradient() {
    Window window = window(2, 2, 2, 2, "valid");
    int[] index = new int[1];
    float[] y = new float[1], dx = floats(9, 9, 9, 9);
    Pool.max(window, 1, floats(1, 4, 4, 4), y, index);
    Pool.maxBackward(window, 1, floats(3), index, dx);
    assertArrayEquals(floats(4), y);
    assertArrayEquals(floats(0, 3, 0, 0), dx);
  }

  @Test void overlappingWindowsAddUpAtASharedMaximum() {
    Window window = Window.of("Pool", new Shape(1, 3, 1), Size.parse("1x2"), Size.of(1), Padding.VALID);
    int[] index = new int[2];
    float[] y = new float[2], dx = new float[3];
    Pool.max(window, 1, floats(1, 7, 2), y, index);
    Pool.maxBackward(window, 1, floats(3, 5), index, dx);
    assertArrayEquals(floats(0, 8, 0), dx);
  }

  @Test void paddingNeverWinsAMaximumAndCountsAsZeroInAMean() {
    Window window = window(2, 2, 2, 2, "1");
    float[] y = new float[4];
    Pool.max(window, 1, floats(-1, -2, -3, -4), y, new int[4]);
    assertArrayEquals(floats(-1, -2, -3, -4), y);
    Pool.average(window, 1, floats(-1, -2, -3, -4), y);
    assertArrayEquals(floats(-0.25, -0.5, -0.75, -1), y);
  }

  @Test void notANumberWins() {
    float[] y = new float[1];
    for (int place = 0; place < 4; place++) {
      float[] x = floats(1, 2, 3, 4);
      x[place] = Float.NaN;
      Pool.max(window(2, 2, 2, 2, "valid"), 1, x, y, new int[1]);
      assertArrayEquals(floats(Double.NaN), y, "NaN at " + place);
    }
  }
}
