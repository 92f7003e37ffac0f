package io.firesteel.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.GarbageCollectionNotificationInfo;
import io.firesteel.internal.kernel.Blas;
import io.firesteel.ml.NetClassificationModel;
import io.firesteel.ml.NetClassifier;
import java.io.DataInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.classification.MultilayerPerceptronClassifier;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * One fit of a 784-100-10 net with sigmoid and softmax, alone in its JVM, from a Parquet table of vectors; prints a
 * line of JSON. Both contenders use the same OpenBLAS, one thread per task, in a session that has read a few rows
 * before.
 *
 * <p>{@code TimedFit table IDX_FOLDER TABLES}, {@code TimedFit mllib TABLES BLOCK_SIZE ITERATIONS SEED},
 * {@code TimedFit firesteel TABLES BATCH RATE SCHEDULE STEPS SEED}
 */
public final class TimedFit {
    static final String MARK = "RACER ";
    private static final String PIXELS = "-images-idx3-ubyte.gz", LABELS = "-labels-idx1-ubyte.gz";

    private TimedFit() {}

    public static void main(String[] args) throws IOException {
        AtomicLong heapAfterGc = watchHeap();
        Blas.name(); // before MLlib loads netlib, so that both use the same library
        try (SparkSession spark = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", "false")
                .config("spark.sql.parquet.columnarReaderBatchSize", "512") // of 784 numbers each
                .config("spark.sql.shuffle.partitions", "2")
                .getOrCreate()) {
            spark.sparkContext().setLogLevel("ERROR");
            if (args[0].equals("table")) {
                for (String set : List.of("train", "t10k")) write(spark, args[1] + "/" + set, args[2] + "/" + set);
                return;
            }
            Dataset<Row> train = spark.read().parquet(args[1] + "/train"),
                    test = spark.read().parquet(args[1] + "/t10k");
            if (test.select("features", "label").limit(100).rdd().count() != 100) // Spark's own start-up is not timed
            throw new IllegalStateException(args[1] + " holds fewer than 100 test rows");
            long start = System.nanoTime(), cpu = cpuNanos();
            Model<?> model = args[0].equals("mllib") ? mllib(args, train) : firesteel(args, train);
            double seconds = (System.nanoTime() - start) / 1e9, cpuSeconds = (cpuNanos() - cpu) / 1e9;
            long peak = peakResidentKiB(); // evaluation is the same work for both
            double accuracy = new MulticlassClassificationEvaluator()
                    .setMetricName("accuracy")
                    .evaluate(model.transform(test));
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("fitSeconds", seconds);
            line.put("fitCpuSeconds", cpuSeconds);
            line.put("accuracy", accuracy);
            line.put("peakResidentMiB", peak / 1024);
            line.put("peakHeapAfterGcMiB", heapAfterGc.get() >> 20);
            line.put("blas", Blas.name());
            line.put("spark", spark.version());
            if (model instanceof NetClassificationModel ours)
                line.put("phases", ours.summary().run().get("phases"));
            System.out.println(MARK + new ObjectMapper().writeValueAsString(line));
        }
    }

    private static Model<?> mllib(String[] args, Dataset<Row> train) {
        return new MultilayerPerceptronClassifier()
                .setLayers(new int[] {784, 100, 10})
                .setBlockSize(Integer.parseInt(args[2]))
                .setMaxIter(Integer.parseInt(args[3]))
                .setTol(0)
                .setSeed(Long.parseLong(args[4]))
                .fit(train);
    }

    private static Model<?> firesteel(String[] args, Dataset<Row> train) {
        int batch = Integer.parseInt(args[2]), steps = Integer.parseInt(args[5]);
        String schedule = args[4].equals("Cosine") ? "{\"type\": \"Cosine\", \"steps\": " + steps + "}" : args[4];
        return new NetClassifier()
                .setLayers("784 -> dense(100) sigmoid -> dense(10)")
                .setStandardization(false)
                .setBatchSize(batch)
                .setLearningRate(Double.parseDouble(args[3]))
                .setSchedule(schedule)
                .setEpochs(1000)
                .setMaxSteps(steps)
                .setSeed(Long.parseLong(args[6]))
                .fit(train);
    }

    /** Images in the usual form for Spark ML: a column of dense vectors in 0..1 and a label, in two files. */
    private static void write(SparkSession spark, String from, String to) throws IOException {
        List<Row> rows = new ArrayList<>();
        try (DataInputStream images = open(from + PIXELS);
                DataInputStream labels = open(from + LABELS)) {
            images.readInt();
            int count = images.readInt(), width = images.readInt() * images.readInt();
            labels.readLong();
            for (int i = 0; i < count; i++) {
                byte[] pixels = images.readNBytes(width);
                double[] values = new double[width];
                for (int j = 0; j < width; j++) values[j] = (pixels[j] & 0xff) / 255.0;
                rows.add(RowFactory.create(Vectors.dense(values), (double) labels.readUnsignedByte()));
            }
        }
        spark.createDataFrame(
                        rows,
                        new StructType()
                                .add("features", SQLDataTypes.VectorType())
                                .add("label", DataTypes.DoubleType))
                .repartition(2)
                .write()
                .mode("overwrite")
                .parquet(to);
    }

    private static DataInputStream open(String path) throws IOException {
        return new DataInputStream(new GZIPInputStream(Files.newInputStream(Path.of(path)), 1 << 16));
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    /** The peak resident memory of this process, from Linux. */
    private static long peakResidentKiB() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    /** The peak heap after garbage collections. */
    private static AtomicLong watchHeap() {
        AtomicLong most = new AtomicLong();
        for (var collector : ManagementFactory.getGarbageCollectorMXBeans())
            ((NotificationEmitter) collector)
                    .addNotificationListener(
                            (notification, nothing) -> {
                                var info = GarbageCollectionNotificationInfo.from(
                                        (CompositeData) notification.getUserData());
                                long alive = 0;
                                for (Map.Entry<String, MemoryUsage> pool :
                                        info.getGcInfo().getMemoryUsageAfterGc().entrySet())
                                    if (pool.getKey().startsWith("G1"))
                                        alive += pool.getValue().getUsed();
                                most.accumulateAndGet(alive, Math::max);
                            },
                            null,
                            null);
        return most;
    }
}
