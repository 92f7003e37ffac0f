package io.firesteel.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.firesteel.Fixture;
import io.firesteel.ml.NetClassifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same rows give the same bits from every format, in one file or many, however files are cut and read. */
class AnyFormatTest {
    private static final int ROWS = 370, WIDTH = 6;
    private static final List<String> FORMATS = List.of("csv", "parquet", "json", "orc");
    private static final Map<String, String> SOURCES = new LinkedHashMap<>();

    @TempDir
    static Path folder;

    @BeforeAll
    static void write() {
        try (JavaSparkContext context = Fixture.spark("local[2]")) {
            SparkSession spark =
                    SparkSession.builder().config(context.getConf()).getOrCreate();
            for (int files : new int[] {1, 37}) {
                List<String> columns = new ArrayList<>(List.of("cast(id % 3 as int) as label"));
                List<String> svm = new ArrayList<>(List.of("cast(id % 3 as string)"));
                for (int i = 0; i < WIDTH; i++) {
                    String x = "cast((id * " + (7 + 2 * i) + " % 101 + 1) / 64 as float)";
                    columns.add(x + " as x" + i);
                    svm.add("concat('" + (i + 1) + ":', " + x + ")");
                }
                Dataset<Row> ids = spark.range(0, ROWS, 1, files).toDF();
                Dataset<Row> rows = ids.selectExpr(columns.toArray(new String[0]));
                for (String format : FORMATS)
                    rows.write().option("header", true).format(format).save(folder + "/" + format + files);
                ids.selectExpr("concat_ws(' ', " + String.join(", ", svm) + ") as value")
                        .write()
                        .text(folder + "/svm" + files);
                SOURCES.put("csv" + files, "{\"type\": \"Csv\", \"path\": \"csv" + files + "\", \"label\": \"label\"}");
                SOURCES.put(
                        "parquet" + files,
                        "{\"type\": \"Parquet\", \"path\": \"parquet" + files + "\", \"label\": \"label\"}");
                for (String format : List.of("json", "orc"))
                    SOURCES.put(
                            format + files,
                            "{\"type\": \"Table\", \"format\": \"" + format + "\", \"path\": \"" + format + files
                                    + "\", \"label\": \"label\"}");
                SOURCES.put("svm" + files, "{\"type\": \"LibSvm\", \"path\": \"svm" + files + "\", \"shape\": 6}");
            }
        }
    }

    @Test
    void theBitsAreTheSameHoweverRowsAreWrittenAndRead() throws IOException {
        Map<String, String> found = new TreeMap<>();
        read("local[1]", "128m", List.of("csv1", "parquet37", "json1", "svm37"), found);
        read("local[2]", "700", List.of("csv37", "parquet1"), found);
        read("local[4]", "3k", List.of("csv1", "parquet37", "orc37", "svm1"), found);
        assertEquals(1, new TreeSet<>(found.values()).size(), found.toString());
    }

    @Timeout(120)
    @Test
    void theBitsAreTheSameOnTwoExecutors() throws Exception {
        Map<String, String> found = new TreeMap<>();
        try (JavaSparkContext context = Fixture.spark("local[1]")) {
            found.put("alone", train(context, "csv1"));
        }
        try (JavaSparkContext context = Fixture.spark(
                "local-cluster[2,1,1024]",
                "spark.executor.extraClassPath",
                System.getProperty("java.class.path"),
                "spark.sql.files.maxPartitionBytes",
                "3k",
                "spark.sql.files.openCostInBytes",
                "1")) {
            for (String source : List.of("csv37", "parquet1")) found.put(source, train(context, source));
            ExecutorKiller killer = new ExecutorKiller(context);
            context.sc().addSparkListener(killer);
            found.put("csv37, an executor killed", train(context, "csv37"));
            context.sc().listenerBus().waitUntilEmpty();
            assertTrue(killer.lost > 0, "no executor was lost");
        }
        assertEquals(1, new TreeSet<>(found.values()).size(), found.toString());
    }

    /** Kills an executor when some of the tasks that read have ended, and counts those that are lost. */
    private static final class ExecutorKiller extends SparkListener {
        private final JavaSparkContext spark;
        private int ended;
        private int lost;

        ExecutorKiller(JavaSparkContext spark) {
            this.spark = spark;
        }

        @Override
        public void onTaskEnd(SparkListenerTaskEnd end) {
            if (++ended == 10) spark.sc().killAndReplaceExecutor(end.taskInfo().executorId());
        }

        @Override
        public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
            lost++;
        }
    }

    private void read(String master, String split, Collection<String> sources, Map<String, String> found)
            throws IOException {
        try (JavaSparkContext context = Fixture.spark(
                master, "spark.sql.files.maxPartitionBytes", split, "spark.sql.files.openCostInBytes", "1")) {
            for (String source : sources) found.put(master + " " + source, train(context, source));
            SparkSession spark = SparkSession.builder().getOrCreate();
            found.put(master + " DataFrame", fit(spark.read().parquet(folder + "/parquet37")));
        }
    }

    private String train(JavaSparkContext context, String source) throws IOException {
        Path file = folder.resolve("run.json");
        Files.writeString(file, """
        {"data": {"train": SOURCE}, "model": [{"type": "Dense", "units": 5}, "Relu", {"type": "Dense", "units": 3}],
         "loss": "SoftmaxCrossEntropy", "optimizer": "Adam", "schedule": {"type": "Constant", "learningRate": 0.01},
         "batch": 37, "epochs": 1, "seed": 3, "shards": 4}
        """.replace("SOURCE", SOURCES.get(source)));
        return new Training(Run.read(file.toString(), List.of()))
                .train(context, Training.Options.DEFAULT)
                .summary()
                .get("weightsSha256")
                .textValue();
    }

    private static String fit(Dataset<Row> table) {
        return new NetClassifier()
                .setFeaturesCols(Arrays.stream(table.columns())
                        .filter(name -> name.startsWith("x"))
                        .toArray(String[]::new))
                .setLayers("6 -> dense(5) relu -> dense(3)")
                .setOptimizer("Adam")
                .setLearningRate(0.01)
                .setBatchSize(37)
                .setEpochs(1)
                .setSeed(3)
                .setShards(4)
                .setStandardization(false)
                .fit(table)
                .summary()
                .run()
                .get("weightsSha256")
                .textValue();
    }
}
