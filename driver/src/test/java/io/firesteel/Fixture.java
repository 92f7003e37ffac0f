package io.firesteel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.firesteel.array.Random64;
import io.firesteel.internal.shard.PackedDataset;
import io.firesteel.internal.shard.ShardRange;
import io.firesteel.row.RowSchema;
import io.firesteel.train.Run;
import io.firesteel.train.Training;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** A small set of images in a folder, whose class is the brightest of its quarters, and a run that learns it. */
public final class Fixture {
    public static final int ROWS = 103; // a prime: no batch and no shard count divides it
    /** An override that puts a Dropout where the run has a Relu. */
    public static final String DROPOUT = "model[1]={\"type\":\"Dropout\",\"p\":0.3}";

    private static final int SIDE = 6;

    private final Path folder;

    /** Writes images, labels and {@code run.json}. */
    public Fixture(Path folder) throws IOException {
        this.folder = folder;
        byte[] images = images(ROWS), labels = labels(images);
        idx("images", images, ROWS, SIDE, SIDE);
        idx("labels", labels, ROWS);
        Files.writeString(folder.resolve("run.json"), """
        {"data": {"train": {"type": "Idx", "images": "images", "labels": "labels"},
                  "test": {"type": "Idx", "images": "images", "labels": "labels"},
                  "validation": {"fraction": 0.1}},
         "normalization": {"mean": [0.3], "std": [0.5]},
         "model": [{"type": "Conv2d", "filters": 3, "kernel": 3}, "Relu", {"type": "MaxPool2d", "kernel": 2}, "Flatten",
                   {"type": "Dense", "units": 4}],
         "loss": "SoftmaxCrossEntropy", "optimizer": "Adam", "schedule": {"type": "Constant", "rate": 0.01},
         "batch": 10, "epochs": 3, "shards": 4}
        """);
    }

    public Path path(String name) {
        return folder.resolve(name);
    }

    public String run() {
        return path("run.json").toString();
    }

    /** Trains the run with overrides and returns the hash of the weights. */
    public String train(JavaSparkContext spark, Training.Options options, String... overrides) throws IOException {
        return new Training(Run.read(run(), List.of(overrides)))
                .train(spark, options)
                .summary()
                .get("weightsSha256")
                .textValue();
    }

    /** All rows of a run, read by a Spark of its own. */
    public static ShardRange shardRange(Run run) throws IOException {
        RowSchema schema = run.data().train().schema();
        try (JavaSparkContext spark = spark("local[2]");
                PackedDataset rows = run.rows(spark, run.model(schema), schema)) {
            return rows.localShardRanges(spark, new int[] {0}).get(0);
        }
    }

    public static Training.Options options(String gradients, int partitions) {
        return new Training.Options(null, gradients, partitions, null, false, false, false);
    }

    /**
     * A Spark of its own in this process, without a web page; the executors of a local-cluster are launched from
     * SPARK_HOME.
     */
    public static JavaSparkContext spark(String master, String... settings) {
        if (master.startsWith("local-cluster")) new File(System.getenv("SPARK_HOME"), "jars").mkdirs();
        SparkConf conf = new SparkConf().setMaster(master).setAppName("test").set("spark.ui.enabled", "false");
        for (int i = 0; i < settings.length; i += 2) conf.set(settings[i], settings[i + 1]);
        return new JavaSparkContext(conf);
    }

    /** Runs a program with this class path in a process of its own, which must end well, and returns what it said. */
    public static String java(String heap, String program, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java", "-Xmx" + heap));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith("--") || flag.startsWith("-D") || flag.startsWith("-XX"))
                .forEach(command::add);
        command.addAll(List.of(
                "-Dspark.master=local[2]",
                "-Dspark.ui.enabled=false",
                "-cp",
                System.getProperty("java.class.path"),
                program));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return said;
    }

    /** Writes an IDX file of unsigned bytes. */
    public Path idx(String name, byte[] values, int... sizes) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(0x0800 | sizes.length);
        for (int size : sizes) out.writeInt(size);
        out.write(values);
        return Files.write(path(name), bytes.toByteArray());
    }

    private static byte[] images(int rows) {
        Random64 random = new Random64(5);
        byte[] images = new byte[rows * SIDE * SIDE];
        for (int i = 0; i < images.length; i++) images[i] = (byte) random.nextInt(256);
        return images;
    }

    private static byte[] labels(byte[] images) {
        byte[] labels = new byte[images.length / (SIDE * SIDE)];
        for (int row = 0; row < labels.length; row++) {
            int[] quarters = new int[4];
            for (int i = 0; i < SIDE * SIDE; i++)
                quarters[i / SIDE / (SIDE / 2) * 2 + i % SIDE / (SIDE / 2)] += images[row * SIDE * SIDE + i] & 0xff;
            for (int q = 1; q < 4; q++) if (quarters[q] > quarters[labels[row]]) labels[row] = (byte) q;
        }
        return labels;
    }
}
