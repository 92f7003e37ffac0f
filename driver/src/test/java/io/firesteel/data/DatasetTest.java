package io.firesteel.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.firesteel.Fixture;
import io.firesteel.data.Portion.Split;
import io.firesteel.train.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetTest {
    @TempDir
    Path folder;

    @Test
    void aShardHoldsTheSameRowsWhoeverReadsIt() throws IOException {
        Dataset dataset = dataset(4);
        Portion all = dataset.portion(0, 4), two = dataset.portion(2, 3);
        for (Split split : Split.values()) assertArrayEquals(rows(all.block(split, 2)), rows(two.block(split, 2)));
    }

    @Test
    void everyRowIsDealtOnce() throws IOException {
        for (int shards : new int[] {1, 4, 8, 200}) {
            Dataset dataset = dataset(shards);
            Portion all = dataset.portion(0, shards);
            int trained = 0, held = 0, tested = 0;
            for (int shard = 0; shard < shards; shard++) {
                trained += all.block(Split.TRAIN, shard).rows();
                held += all.block(Split.VALIDATION, shard).rows();
                tested += all.block(Split.TEST, shard).rows();
                assertEquals(
                        (dataset.trainRows() + shards - 1 - shard) / shards,
                        all.block(Split.TRAIN, shard).rows());
            }
            assertEquals(Fixture.ROWS, trained + held);
            assertEquals(dataset.validationRows(), held);
            assertEquals(Fixture.ROWS, tested);
        }
    }

    private Dataset dataset(int shards) throws IOException {
        Run run = Run.read(new Fixture(folder).run(), List.of());
        return new Dataset(run.data().train(), run.data().test(), run.data().validation(), 4, shards, run.seed());
    }

    private float[] rows(Block block) throws IOException {
        Run run = Run.read(folder + "/run.json", List.of());
        Scaling scaling = new Scaling(run.model(run.data().train().header()));
        float[] x = new float[block.rows() * 36], t = new float[block.rows()];
        for (int row = 0; row < block.rows(); row++) block.copy(row, scaling, row, x, t);
        return x;
    }
}
