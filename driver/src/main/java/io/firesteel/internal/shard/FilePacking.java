package io.firesteel.internal.shard;

import io.firesteel.internal.block.MemoryBudgets;
import io.firesteel.internal.cluster.SparkCluster;
import io.firesteel.internal.shard.PackedPartition.Packed;
import io.firesteel.row.RowSchema;
import io.firesteel.row.RowStorage;
import io.firesteel.source.FileRange;
import io.firesteel.source.FileSplits;
import io.firesteel.source.Source;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;

/**
 * Reads the files of a run in splits, one task and one element each: those of the training rows, then those of the test
 * rows. Splits are as large as Spark makes them for a table of files.
 *
 * @param test null if there is none
 */
record FilePacking(
        Source train,
        List<List<FileRange>> trainSplits,
        Source test,
        List<List<FileRange>> testSplits,
        RowSchema schema,
        int classes,
        MemoryBudgets budgets)
        implements Function<Integer, Packed> {

    static JavaRDD<Packed> of(
            JavaSparkContext spark, Source train, Source test, RowSchema schema, int classes, RowStorage level)
            throws IOException {
        FileSplits splits = splits(spark);
        List<List<FileRange>> trainSplits = splits.of(train), testSplits = test == null ? List.of() : splits.of(test);
        List<Integer> numbers = IntStream.range(0, trainSplits.size() + testSplits.size())
                .boxed()
                .toList();
        int tasks = Math.max(1, numbers.size());
        MemoryBudgets budgets = MemoryBudgets.of(spark, level, tasks);
        return spark.parallelize(numbers, tasks)
                .map(new FilePacking(train, trainSplits, test, testSplits, schema, classes, budgets));
    }

    private static FileSplits splits(JavaSparkContext spark) {
        SparkConf conf = spark.getConf();
        return new FileSplits(
                conf.getSizeAsBytes("spark.sql.files.maxPartitionBytes", "128m"),
                conf.getSizeAsBytes("spark.sql.files.openCostInBytes", "4m"),
                SparkCluster.slots(spark));
    }

    @Override
    public Packed call(Integer number) throws IOException {
        int ofTest = number - trainSplits.size();
        return ofTest < 0
                ? PackedPartition.pack(train, trainSplits.get(number), schema, classes, false, budgets.budget())
                : PackedPartition.pack(test, testSplits.get(ofTest), schema, classes, true, budgets.budget());
    }
}
