package io.firesteel.internal.kernel.conv;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.firesteel.array.Padding;
import io.firesteel.array.Random64;
import io.firesteel.array.Shape;
import io.firesteel.array.Size2d;
import io.firesteel.internal.kernel.Allocations;
import io.firesteel.internal.kernel.ScratchAllocator;
import io.firesteel.internal.kernel.SlidingWindow;
import io.firesteel.op.Binder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every provider does what the plain loop does. */
class ConvolutionTest {
    private static final double TOLERANCE = 1e-4; // relative to the largest magnitude

    record Case(
            Convolution.Provider provider,
            Shape in,
            String kernel,
            String stride,
            String padding,
            int filters,
            boolean bias) {
        SlidingWindow window() {
            return SlidingWindow.of("test", in, Size2d.parse(kernel), Size2d.parse(stride), Padding.parse(padding));
        }

        @Override
        public String toString() {
            return provider.name() + " [" + in + "] " + kernel + " stride " + stride + " " + padding + " to " + filters
                    + (bias ? "" : " without bias");
        }
    }

    /** Whatever the shape, also where the process would not take it. */
    private static final Convolution.Provider WINOGRAD = new Convolution.Provider() {
        @Override
        public String name() {
            return "winograd";
        }

        @Override
        public Convolution plan(
                SlidingWindow window, int filters, boolean bias, int maxRows, ScratchAllocator scratch) {
            return new WinogradConvolution(window, filters, maxRows, scratch);
        }
    };

    static Stream<Case> cases() {
        return Stream.concat(
                direct(),
                Stream.of(
                        new Case(
                                WINOGRAD,
                                new Shape(18, 19, 7),
                                "3",
                                "1",
                                "same",
                                9,
                                true), // more than one chunk in five rows
                        new Case(WINOGRAD, new Shape(17, 21, 3), "5", "1", "valid", 20, true),
                        new Case(WINOGRAD, new Shape(14, 14, 32), "5", "1", "same", 64, true),
                        new Case(WINOGRAD, new Shape(12, 12, 20), "5", "1", "valid", 50, false),
                        new Case(
                                WINOGRAD,
                                new Shape(9, 6, 33),
                                "3",
                                "1",
                                "2",
                                31,
                                true), // kernels that stand in the padding alone
                        new Case(
                                WINOGRAD,
                                new Shape(11, 8, 600),
                                "3",
                                "1",
                                "2x0",
                                2,
                                true), // more channels than usual lanes
                        new Case(WINOGRAD, new Shape(8, 11, 2), "3", "1", "valid", 530, false),
                        new Case(WINOGRAD, new Shape(5, 7, 16), "5", "1", "valid", 16, true))); // tiles that hang over
    }

    private static Stream<Case> direct() {
        return Stream.of(OneDnnConvolution.PROVIDER, Im2colConvolution.PROVIDER)
                .flatMap(p -> Stream.of(
                        new Case(p, new Shape(9, 8, 1), "5", "1", "same", 20, true),
                        new Case(p, new Shape(9, 9, 1), "5", "1", "valid", 3, false),
                        new Case(p, new Shape(8, 11, 3), "3", "1", "same", 32, true),
                        new Case(p, new Shape(8, 10, 3), "2x3", "2x1", "valid", 5, true),
                        new Case(p, new Shape(7, 9, 5), "3", "2", "1", 7, true),
                        new Case(p, new Shape(10, 7, 5), "4x1", "2x3", "1x0", 4, false),
                        new Case(p, new Shape(9, 6, 5), "3", "2", "same", 32, true),
                        new Case(p, new Shape(8, 5, 5), "3", "2", "valid", 6, true), // a row of input is left over
                        new Case(p, new Shape(6, 5, 32), "1", "1", "valid", 16, true),
                        new Case(p, new Shape(6, 5, 32), "1", "2", "valid", 16, true),
                        new Case(p, new Shape(6, 5, 32), "3", "1", "1", 32, true),
                        new Case(p, new Shape(4, 4, 32), "4", "1", "valid", 64, false)));
    }

    /** One plan's data; w and b are not at the start of their vector. */
    private static final class Data {
        final int rows;
        final int w = 3;
        final int b;
        final float[] x;
        final float[] params;
        final float[] dy;
        final float[] y;
        final float[] dx;
        final float[] grads;

        Data(Case c, int rows) {
            SlidingWindow window = c.window();
            Random64 random = new Random64(5, rows, c.filters());
            int end = w + window.patch() * c.filters();
            this.rows = rows;
            b = c.bias() ? end : -1;
            x = gaussians(random, rows * window.inSize());
            params = gaussians(random, end + c.filters());
            grads = gaussians(random, params.length);
            dy = gaussians(random, rows * window.positions() * c.filters());
            y = new float[dy.length];
            dx = new float[x.length];
        }

        Data run(Convolution convolution) {
            convolution.forward(rows, x, params, w, b, y);
            convolution.backward(rows, x, dy, params, grads, w, b, dx);
            return this;
        }

        private static float[] gaussians(Random64 random, int size) {
            float[] values = new float[size];
            for (int i = 0; i < size; i++) values[i] = (float) random.nextGaussian();
            return values;
        }
    }

    private static Convolution plan(Case c, int maxRows) {
        return c.provider().plan(c.window(), c.filters(), c.bias(), maxRows, new Binder(maxRows));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreesWithThePlainLoopForAnyNumberOfRows(Case c) {
        Convolution plan = plan(c, 5);
        for (int rows : new int[] {5, 1, 3, 5, 4}) {
            Data found = new Data(c, rows).run(plan),
                    wanted = new Data(c, rows).run(new PlainConvolution(c.window(), c.filters()));
            close("y", wanted.y, found.y);
            close("dx", wanted.dx, found.dx);
            close("grads", wanted.grads, found.grads);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void hasTheSameBitsInEveryPlanWhateverItsLargestPass(Case c) {
        Data wanted = new Data(c, 3).run(plan(c, 3));
        same(wanted, new Data(c, 3).run(plan(c, 3)));
        same(wanted, new Data(c, 3).run(plan(c, 7)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void hasTheSameBitsOnEveryThread(Case c) throws Exception {
        Data wanted = new Data(c, 4).run(plan(c, 4));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Data>> tasks = new ArrayList<>();
            for (int t = 0; t < 4; t++)
                tasks.add(() -> {
                    Convolution plan = plan(c, 4);
                    Data data = null;
                    for (int i = 0; i < 10; i++) data = new Data(c, 4).run(plan);
                    return data;
                });
            for (Future<Data> found : threads.invokeAll(tasks)) same(wanted, found.get());
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void splitsManyImagesTheSameWayInEveryPlan(Case c) {
        int rows = 512 * 1024 / c.window().inSize(); // more than one chunk
        same(new Data(c, rows).run(plan(c, rows)), new Data(c, rows).run(plan(c, rows + 9)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void allocatesNothingOnceBothRowCountsWereSeen(Case c) {
        Convolution plan = plan(c, 6);
        Data full = new Data(c, 6).run(plan), ragged = new Data(c, 2).run(plan);
        assertEquals(
                0,
                Allocations.least(() -> {
                    full.run(plan);
                    ragged.run(plan);
                }),
                "bytes");
    }

    @Test
    void namesTheProviderThatWasChosen() {
        assertEquals(List.of(), Convolutions.refusals());
        assertEquals("onednn + winograd", Convolutions.name());
    }

    @Test
    void winogradTakesWideKernelsWithEnoughChannelsFiltersAndPlaces() {
        Shape image = new Shape(14, 14, 32);
        assertTrue(takes(new Case(null, image, "5", "1", "same", 64, true)));
        assertTrue(takes(new Case(null, image, "3", "1", "same", 64, true)));
        assertFalse(takes(new Case(null, image, "3", "1", "same", 32, true)));
        assertTrue(takes(new Case(null, new Shape(12, 12, 20), "5", "1", "valid", 50, true)));
        assertFalse(takes(new Case(null, image, "1", "1", "same", 64, true)));
        assertFalse(takes(new Case(null, image, "4", "1", "same", 64, true)));
        assertFalse(takes(new Case(null, image, "7", "1", "same", 64, true)));
        assertFalse(takes(new Case(null, image, "3x5", "1", "same", 64, true)));
        assertFalse(takes(new Case(null, image, "5", "2x1", "same", 64, true)));
        assertFalse(takes(new Case(null, image, "5", "1", "same", 8, true)));
        assertFalse(takes(new Case(null, new Shape(14, 14, 3), "5", "1", "same", 64, true)));
        assertFalse(takes(new Case(null, new Shape(7, 7, 32), "3", "1", "same", 64, true)));
        assertFalse(
                takes(new Case(null, new Shape(66, 1, 32), "3", "1", "same", 64, true))); // 1 of 4 columns is wanted
    }

    private static boolean takes(Case c) {
        Convolution plan = new WinogradProvider(Im2colConvolution.PROVIDER)
                .plan(c.window(), c.filters(), c.bias(), 2, new Binder(2));
        return plan instanceof WinogradConvolution;
    }

    private static void same(Data wanted, Data found) {
        assertArrayEquals(bits(wanted.y), bits(found.y), "y");
        assertArrayEquals(bits(wanted.dx), bits(found.dx), "dx");
        assertArrayEquals(bits(wanted.grads), bits(found.grads), "grads");
    }

    private static int[] bits(float[] values) {
        int[] bits = new int[values.length];
        Arrays.setAll(bits, i -> Float.floatToRawIntBits(values[i]));
        return bits;
    }

    private static void close(String what, float[] wanted, float[] found) {
        float largest = 0;
        for (float value : wanted) largest = Math.max(largest, Math.abs(value));
        assertArrayEquals(wanted, found, (float) TOLERANCE * largest, what);
    }
}
