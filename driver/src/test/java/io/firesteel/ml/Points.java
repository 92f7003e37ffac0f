package io.firesteel.ml;

import io.firesteel.array.Random64;
import io.firesteel.model.WeightsFile;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Points in the plane whose class is their angle's third, as a table of two numbers, a name and a label. */
final class Points {
    static final int ROWS = 150;

    private Points() {}

    static Dataset<Row> table(SparkSession spark) {
        Random64 random = new Random64(7);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            float x = (float) random.nextGaussian(), y = (float) random.nextGaussian();
            int third = (int) Math.min(2, 3 * (Math.atan2(y, x) + Math.PI) / (2 * Math.PI));
            rows.add(RowFactory.create(
                    (double) x, (double) y, "class" + third, (double) third, i % 5 == 0, 1.0 + i % 3));
        }
        return spark.createDataFrame(
                        rows,
                        new StructType()
                                .add("x", DataTypes.DoubleType)
                                .add("y", DataTypes.DoubleType)
                                .add("name", DataTypes.StringType)
                                .add("label", DataTypes.DoubleType)
                                .add("held", DataTypes.BooleanType)
                                .add("weight", DataTypes.DoubleType))
                .repartition(1);
    }

    /** The same with the column {@code features}. */
    static Dataset<Row> assembled(Dataset<Row> table) {
        return new VectorAssembler()
                .setInputCols(new String[] {"x", "y"})
                .setOutputCol("features")
                .transform(table)
                .cache();
    }

    /** Learns them. */
    static NetClassifier net() {
        return new NetClassifier()
                .setLayers("2 -> dense(16) tanh -> dense(3)")
                .setLearningRate(0.02)
                .setBatchSize(16)
                .setEpochs(30);
    }

    static String bits(NetClassificationModel model) {
        return WeightsFile.sha256(model.saved().params());
    }
}
