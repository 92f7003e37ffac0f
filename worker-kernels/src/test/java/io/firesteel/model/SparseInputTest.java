package io.firesteel.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.firesteel.array.Random64;
import io.firesteel.array.Shape;
import io.firesteel.layer.Dense;
import io.firesteel.layer.Relu;
import io.firesteel.layer.Sequential;
import io.firesteel.layer.Tanh;
import io.firesteel.loss.SoftmaxCrossEntropy;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SparseInputTest {
    private static final int WIDTH = 29, ROWS = 7;

    @Test
    void sparseRowsGiveTheLossAndTheGradientOfDenseOnes() {
        ModelSpec model = new ModelSpec(
                new Shape(WIDTH),
                Normalization.NONE,
                new Sequential(new Dense(5), new Tanh(), new Dense(3)),
                new SoftmaxCrossEntropy(),
                1);
        CompiledModel dense = new CompiledModel(model, 9), sparse = new CompiledModel(model, 9, true);
        Random64 random = new Random64(1);
        float[] params = model.layout().init(4);
        float[] wanted = new float[params.length], found = new float[params.length];
        for (int pass = 0; pass < 3; pass++) {
            fill(random, dense, sparse);
            for (boolean fresh : new boolean[] {true, false}) {
                dense.gradient(params, ROWS, wanted, fresh);
                sparse.gradient(params, ROWS, found, fresh);
                assertEquals(dense.lossSum(), sparse.lossSum(), 1e-5);
                assertArrayEquals(wanted, found, 1e-5f);
            }
        }
    }

    /** Row 0 is empty. */
    private static void fill(Random64 random, CompiledModel dense, CompiledModel sparse) {
        Arrays.fill(dense.x, 0);
        sparse.sparse.clear();
        for (int r = 0; r < ROWS; r++) {
            for (int place = random.nextInt(4); r > 0 && place < WIDTH; place += 1 + random.nextInt(9)) {
                float value = (float) random.nextGaussian();
                dense.x[r * WIDTH + place] = value;
                sparse.sparse.add(place, value);
            }
            sparse.sparse.endRow();
            dense.targets[r] = sparse.targets[r] = r % 3;
        }
    }

    @Test
    void onlyDenseTakesThem() {
        ModelSpec model = new ModelSpec(
                new Shape(4),
                Normalization.NONE,
                new Sequential(new Relu(), new Dense(2)),
                new SoftmaxCrossEntropy(),
                1);
        assertThrows(IllegalArgumentException.class, () -> new CompiledModel(model, 3, true));
    }
}
