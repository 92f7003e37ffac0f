package io.firesteel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.firesteel.Fixture;
import io.firesteel.array.Shape;
import io.firesteel.layer.Dense;
import io.firesteel.layer.Sequential;
import io.firesteel.loss.SoftmaxCrossEntropy;
import io.firesteel.model.ModelSpec;
import io.firesteel.model.Normalization;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictionFileTest {
    private static final int ROWS = (1 << 16) + 7; // more than one part of a Parquet folder

    @TempDir
    Path folder;

    @Test
    void everyRowOfALongParquetFileIsThere() throws IOException {
        ModelSpec model = new ModelSpec(
                new Shape(3), Normalization.NONE, new Sequential(new Dense(2)), new SoftmaxCrossEntropy(), 1);
        String path = folder + "/p.parquet";
        JavaSparkContext spark = Fixture.spark("local[1]");
        try (PredictionFile file = PredictionFile.create(path, path, model)) {
            float[] outputs = new float[4];
            for (int row = 0; row < ROWS; row++) {
                outputs[2 + row % 2] = row;
                outputs[3 - row % 2] = -row;
                file.write(row, new float[] {1}, outputs, 2);
            }
        }
        spark.close();
        try (SparkSession session = SparkSession.builder()
                .master("local[1]")
                .config("spark.ui.enabled", "false")
                .getOrCreate()) {
            List<Row> rows = session.read().parquet(path).orderBy("row").collectAsList();
            assertEquals(ROWS, rows.size());
            for (int row = 1; row < ROWS; row++) {
                assertEquals(row, rows.get(row).getLong(0));
                assertEquals(row % 2, rows.get(row).getInt(2));
                assertEquals((float) row, (float) rows.get(row).getList(3).get(row % 2));
            }
        }
    }
}
