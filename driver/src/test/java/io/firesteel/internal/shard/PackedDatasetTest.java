package io.firesteel.internal.shard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.firesteel.Fixture;
import io.firesteel.internal.block.Block;
import io.firesteel.row.InputScaler;
import io.firesteel.row.RowSchema;
import io.firesteel.train.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackedDatasetTest {
    @TempDir
    Path folder;

    @Test
    void aShardHoldsTheSameRowsWhoeverReadsIt() throws IOException {
        Run run = Run.read(new Fixture(folder).run(), List.of());
        ShardRange all = Fixture.shardRange(run);
        RowSchema schema = run.data().train().schema();
        for (String bytes : List.of("128m", "1k")) {
            try (JavaSparkContext spark = Fixture.spark(
                            "local[2]",
                            "spark.sql.files.maxPartitionBytes",
                            bytes,
                            "spark.sql.files.openCostInBytes",
                            "1");
                    PackedDataset packed = run.rows(spark, run.model(schema), schema)) {
                for (ShardRange part :
                        packed.shardRanges(spark, new int[] {0, 1, 3}).collect()) same(all, part);
                for (ShardRange part : packed.localShardRanges(spark, new int[] {0, 1, 3})) same(all, part);
            }
        }
    }

    private void same(ShardRange all, ShardRange part) throws IOException {
        for (int shard = part.from; shard < part.to; shard++)
            for (Split split : Split.values())
                assertArrayEquals(rows(all.block(split, shard)), rows(part.block(split, shard)));
    }

    @Test
    void everyRowIsDealtOnce() throws IOException {
        for (int shards : new int[] {1, 4, 8, 200}) {
            ShardRange all = Fixture.shardRange(Run.read(new Fixture(folder).run(), List.of("shards=" + shards)));
            int train = 0, validation = 0, tested = 0;
            for (int shard = 0; shard < shards; shard++) {
                train += all.block(Split.TRAIN, shard).rows();
                validation += all.block(Split.VALIDATION, shard).rows();
                tested += all.block(Split.TEST, shard).rows();
            }
            for (int shard = 0; shard < shards; shard++)
                assertEquals(
                        (train + shards - 1 - shard) / shards,
                        all.block(Split.TRAIN, shard).rows());
            assertEquals(Fixture.ROWS / 10, validation);
            assertEquals(Fixture.ROWS, train + validation);
            assertEquals(Fixture.ROWS, tested);
        }
    }

    private float[] rows(Block block) throws IOException {
        Run run = Run.read(folder + "/run.json", List.of());
        InputScaler normalizer = new InputScaler(run.model(run.data().train().schema()));
        float[] x = new float[block.rows() * 36], t = new float[block.rows()];
        for (int row = 0; row < block.rows(); row++) block.copy(row, normalizer, row, x, t);
        return x;
    }
}
