package io.firesteel.bench;

import io.firesteel.internal.shard.PackedDataset;
import io.firesteel.internal.shard.ShardRange;
import io.firesteel.row.RowSchema;
import io.firesteel.train.Run;
import java.io.IOException;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** All rows of a run in the memory of this process, read by a Spark that ends afterwards. */
final class RowsInMemory {
    private RowsInMemory() {}

    static ShardRange of(Run run) throws IOException {
        RowSchema schema = run.data().train().schema();
        SparkConf conf =
                new SparkConf().setMaster("local[*]").setAppName("rows").set("spark.ui.enabled", "false");
        try (JavaSparkContext spark = new JavaSparkContext(conf);
                PackedDataset rows = run.rows(spark, run.model(schema), schema)) {
            return rows.localShardRanges(spark, new int[] {0}).get(0);
        }
    }
}
