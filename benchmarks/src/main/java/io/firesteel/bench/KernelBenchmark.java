package io.firesteel.bench;

import io.firesteel.array.Floats;
import io.firesteel.array.Padding;
import io.firesteel.array.Random64;
import io.firesteel.array.Shape;
import io.firesteel.array.Size2d;
import io.firesteel.internal.kernel.Activations;
import io.firesteel.internal.kernel.AveragePool;
import io.firesteel.internal.kernel.GatedActivations;
import io.firesteel.internal.kernel.MaxPool;
import io.firesteel.internal.kernel.RowBias;
import io.firesteel.internal.kernel.SlidingWindow;
import io.firesteel.internal.kernel.SoftmaxRows;
import io.firesteel.loss.SoftmaxCrossEntropy;
import io.firesteel.op.Binder;
import io.firesteel.optim.Adam;
import io.firesteel.optim.RmsProp;
import io.firesteel.optim.Sgd;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Loops over 2^20 floats, and pooling of 64 images of 28x28x32; {@code copy} shows the memory bandwidth. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class KernelBenchmark {
    private static final int N = 1 << 20;
    private static final int CLASSES = 16;

    private final float[] x = new float[N], y = new float[N], dy = new float[N], dx = new float[N];
    private final float[][] slots = {new float[N], new float[N]};
    private final float[] labels = new float[N / CLASSES];
    private final SlidingWindow window =
            SlidingWindow.of("bench", new Shape(28, 28, 32), Size2d.of(2), Size2d.of(2), Padding.VALID);
    private final MaxPool pool = new MaxPool(window, 64, new Binder(64));
    private final float[] images = new float[64 * window.inSize()];
    private final float[] pooled = new float[64 * window.positions() * 32];
    private final float[] toImages = new float[images.length];

    @Setup
    public void fill() {
        Random64 random = new Random64(1);
        for (int i = 0; i < N; i++) x[i] = (float) random.nextGaussian();
        for (int i = 0; i < N; i++) dy[i] = (float) random.nextGaussian();
        for (int i = 0; i < images.length; i++) images[i] = x[i % N];
        for (int i = 0; i < labels.length; i++) labels[i] = random.nextInt(CLASSES);
        Activations.sigmoid(N, x, y);
        pool.forward(64, images, pooled);
    }

    @Benchmark
    public void copy() {
        System.arraycopy(x, 0, dx, 0, N);
    }

    @Benchmark
    public void relu() {
        Activations.relu(N, x, dx);
    }

    @Benchmark
    public void reluBackward() {
        Activations.reluBackward(N, y, dy, dx);
    }

    @Benchmark
    public void sigmoid() {
        Activations.sigmoid(N, x, dx);
    }

    @Benchmark
    public void sigmoidBackward() {
        Activations.sigmoidBackward(N, y, dy, dx);
    }

    @Benchmark
    public void tanh() {
        Activations.tanh(N, x, dx);
    }

    @Benchmark
    public void tanhBackward() {
        Activations.tanhBackward(N, y, dy, dx);
    }

    @Benchmark
    public void elu() {
        Activations.elu(N, 1, x, dx);
    }

    @Benchmark
    public void softplus() {
        Activations.softplus(N, x, dx);
    }

    @Benchmark
    public void silu() {
        GatedActivations.silu(N, x, dx);
    }

    @Benchmark
    public void siluBackward() {
        GatedActivations.siluBackward(N, x, dy, dx);
    }

    @Benchmark
    public void gelu() {
        GatedActivations.gelu(N, x, dx);
    }

    @Benchmark
    public void geluBackward() {
        GatedActivations.geluBackward(N, x, dy, dx);
    }

    @Benchmark
    public void geluTanh() {
        GatedActivations.geluTanh(N, x, dx);
    }

    @Benchmark
    public void softmax() {
        SoftmaxRows.forward(N / CLASSES, CLASSES, x, dx);
    }

    @Benchmark
    public double softmaxCrossEntropy() {
        return new SoftmaxCrossEntropy().apply(N / CLASSES, CLASSES, 1, x, labels, dx);
    }

    @Benchmark
    public void maxPool() {
        pool.forward(64, images, pooled);
    }

    @Benchmark
    public void maxPoolBackward() {
        pool.backward(64, pooled, toImages);
    }

    @Benchmark
    public void averagePool() {
        AveragePool.average(window, 64, images, pooled);
    }

    @Benchmark
    public void averagePoolBackward() {
        AveragePool.averageBackward(window, 64, pooled, toImages);
    }

    @Benchmark
    public void columnSums() {
        RowBias.addSums(N / 128, 128, x, 0, dx, 0);
    }

    @Benchmark
    public int firstNonFinite() {
        return Floats.firstNonFinite(x, 0, N);
    }

    @Benchmark
    public void add() {
        Floats.add(x, dx, 0, N);
    }

    @Benchmark
    public void sgd() {
        new Sgd().step(dx, x, slots, 0, N, 1e-6f, 0, 1);
    }

    @Benchmark
    public void momentum() {
        new Sgd(0.9, false).step(dx, x, slots, 0, N, 1e-6f, 0, 1);
    }

    @Benchmark
    public void rmsProp() {
        new RmsProp().step(dx, x, slots, 0, N, 1e-6f, 0, 1);
    }

    @Benchmark
    public void adam() {
        new Adam().step(dx, x, slots, 0, N, 1e-6f, 0, 1);
    }
}
