package io.firesteel.examples;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The bundled table of penguins: four measurements of each, and its species. */
final class Penguins {
    static final String[] MEASURES = {"bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"};

    private Penguins() {}

    static SparkSession spark() {
        return SparkSession.builder()
                .master("local[2]")
                .appName("penguins")
                .config("spark.ui.enabled", "false")
                .config("spark.sql.shuffle.partitions", "2")
                .getOrCreate();
    }

    /** The 342 of 344 penguins that were measured. */
    static Dataset<Row> read(SparkSession spark, String examples) {
        return spark.read()
                .option("header", true)
                .option("inferSchema", true)
                .option("nullValue", "NA")
                .csv(examples + "/data/penguins.csv")
                .na()
                .drop(MEASURES);
    }
}
