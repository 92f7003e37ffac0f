package io.firesteel.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.firesteel.Fixture;
import io.firesteel.internal.gradient.AggregationPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two executor processes on this machine, started by Spark from this test's own class path. */
class LocalClusterTest {
    @TempDir
    Path folder;

    /** A model of 5 million parameters: a vector of 21 MB, which Kryo's buffer and a shuffle's block must carry. */
    @Test
    void aLargeModelGoesEveryWayToTheSameBits() throws IOException {
        Fixture fixture = new Fixture(folder);
        String[] large = {
            "model=[\"Flatten\",{\"type\":\"Dense\",\"units\":2048},\"Relu\",{\"type\":\"Dense\","
                    + "\"units\":2560},{\"type\":\"Dense\",\"units\":4}]",
            "stop.steps=2",
            "shards=8",
            "optimizer=Sgd"
        };
        String inProcess;
        try (JavaSparkContext spark = Fixture.spark("local[2]")) {
            inProcess = fixture.train(spark, Fixture.options("in-process", 0), large);
        }
        for (String serializer : new String[] {"JavaSerializer", "KryoSerializer"})
            try (JavaSparkContext spark = cluster(
                    "spark.serializer", "org.apache.spark.serializer." + serializer, AggregationPlan.MOST, "2")) {
                assertEquals(inProcess, fixture.train(spark, Fixture.options("spark", 4), large), serializer);
                assertEquals(inProcess, fixture.train(spark, Fixture.options("spark-slices", 4), large), serializer);
                assertEquals(
                        inProcess, fixture.train(spark, Fixture.options("spark-persistent", 2), large), serializer);
            }
    }

    @Test
    void executorsInOtherProcessesGiveTheSameBits() throws IOException {
        Fixture fixture = new Fixture(folder);
        String inProcess, withDropout;
        try (JavaSparkContext spark = Fixture.spark("local[2]")) {
            inProcess = fixture.train(spark, Fixture.options("in-process", 0));
            withDropout = fixture.train(spark, Fixture.options("in-process", 0), Fixture.DROPOUT);
        }
        try (JavaSparkContext spark = cluster()) {
            assertEquals(withDropout, fixture.train(spark, Fixture.options("spark", 4), Fixture.DROPOUT));
            assertEquals(withDropout, fixture.train(spark, Fixture.options("spark-persistent", 2), Fixture.DROPOUT));
            assertEquals(inProcess, fixture.train(spark, Fixture.options("auto", 0)));
            assertEquals(inProcess, fixture.train(spark, Fixture.options("spark", 4)));
            assertEquals(inProcess, fixture.train(spark, Fixture.options("spark-slices", 4)));
        }
    }

    private static JavaSparkContext cluster(String... settings) throws IOException {
        String[] all = Arrays.copyOf(settings, settings.length + 2);
        all[settings.length] = "spark.executor.extraClassPath";
        all[settings.length + 1] = System.getProperty("java.class.path");
        return Fixture.spark("local-cluster[2,1,1024]", all);
    }
}
