package io.firesteel.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.firesteel.array.Padding;
import io.firesteel.array.Random64;
import io.firesteel.array.Shape;
import io.firesteel.array.Size2d;
import io.firesteel.loss.SoftmaxCrossEntropy;
import io.firesteel.model.CompiledModel;
import io.firesteel.model.ModelSpec;
import io.firesteel.model.Normalization;
import io.firesteel.op.Binder;
import io.firesteel.op.Op;
import io.firesteel.op.PassContext;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * What Sequential leaves out and swaps when it is bound changes no bit. A layer inside a Sequential of its own stays in
 * place.
 */
class SequentialOrderTest {
    private static final Shape IN = new Shape(9, 10, 3);

    private static int[] bits(Layer... layers) {
        ModelSpec model = new ModelSpec(IN, Normalization.NONE, new Sequential(layers), new SoftmaxCrossEntropy(), 1);
        CompiledModel program = new CompiledModel(model, 6);
        Random64 random = new Random64(11);
        float[] params = model.layout().init(2), grads = new float[params.length];
        for (int i = 0; i < program.x.length; i++) program.x[i] = (float) random.nextGaussian();
        for (int i = 0; i < 6; i++) program.targets[i] = i % 4;
        program.gradient(params, 6, grads);
        program.gradient(params, 4, grads);
        int[] bits = new int[grads.length + 1];
        for (int i = 0; i < grads.length; i++) bits[i] = Float.floatToIntBits(grads[i]);
        bits[grads.length] = Double.hashCode(program.lossSum());
        return bits;
    }

    private static Layer inside(Layer layer) {
        return new Sequential(layer);
    }

    @Test
    void poolingBeforeReluHasTheBitsOfReluBeforePooling() {
        Layer overlapping = new MaxPool2d(Size2d.of(3), Size2d.of(1), Padding.of(1));
        for (Layer pool : new Layer[] {
            new MaxPool2d(2), overlapping, new MaxPool2d(Size2d.parse("3x2"), Size2d.of(2), Padding.VALID)
        })
            assertArrayEquals(
                    bits(
                            new Conv2d(5, 3),
                            inside(new Relu()),
                            pool,
                            new Conv2d(4, 1),
                            inside(new Relu()),
                            new MaxPool2d(2),
                            new Flatten(),
                            new Dense(4)),
                    bits(
                            new Conv2d(5, 3),
                            new Relu(),
                            pool,
                            new Conv2d(4, 1),
                            new Relu(),
                            new MaxPool2d(2),
                            new Flatten(),
                            new Dense(4)),
                    pool.toString());
    }

    @Test
    void flattenIsLeftOutWhereverItStands() {
        int[] wanted = bits(inside(new Flatten()), new Dense(7), new Relu(), new Dense(4));
        assertArrayEquals(
                wanted, bits(new Flatten(), new Dense(7), new Flatten(), new Relu(), new Dense(4), new Flatten()));
    }

    @Test
    void flattenAloneStillFlattens() {
        Op op = new Sequential(new Flatten(), new Flatten()).bind(new Shape(2, 2, 1), new Binder(1));
        PassContext pass = new PassContext();
        pass.rows = 1;
        float[] y = new float[4], x = {1, 2, 3, 4};
        op.forward(pass, x, y);
        assertArrayEquals(x, y);
    }

    @Test
    void flattenFirstTakesNoMemory() {
        Binder with = new Binder(8), without = new Binder(8);
        new Sequential(new Flatten(), new Dense(3), new Dense(2)).bind(new Shape(20), with);
        new Sequential(new Dense(3), new Dense(2)).bind(new Shape(20), without);
        assertEquals(without.scratchBytes(), with.scratchBytes());
        assertEquals(
                Arrays.asList("1-Dense/w", "1-Dense/b"),
                with.layout().params().stream().map(p -> p.name()).limit(2).toList());
    }
}
