package io.firesteel.examples;

import java.io.IOException;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Loads the model that {@link TunePenguins} has saved and prints its prediction for every penguin:
 * {@code PredictPenguins EXAMPLES-FOLDER MODEL-FOLDER}
 */
public final class PredictPenguins {
    private PredictPenguins() {}

    public static void main(String[] args) throws IOException {
        try (SparkSession spark = Penguins.spark()) {
            CrossValidatorModel tuned = CrossValidatorModel.load(args[1]);
            for (Row row : tuned.transform(Penguins.read(spark, args[0]))
                    .select("species", "prediction", "probability")
                    .collectAsList()) System.out.println("penguin " + row);
        }
    }
}
