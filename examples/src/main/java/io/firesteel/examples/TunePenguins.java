package io.firesteel.examples;

import io.firesteel.ml.NetClassifier;
import java.io.IOException;
import java.util.Arrays;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.SparkSession;

/**
 * A pipeline from measurements to species, tuned by cross-validation, four fits at a time: {@code TunePenguins
 * EXAMPLES-FOLDER MODEL-FOLDER}
 */
public final class TunePenguins {
    private TunePenguins() {}

    public static void main(String[] args) throws IOException {
        StringIndexer species = new StringIndexer().setInputCol("species").setOutputCol("label");
        VectorAssembler measures =
                new VectorAssembler().setInputCols(Penguins.MEASURES).setOutputCol("features");
        NetClassifier net = new NetClassifier()
                .setLayers("4 -> dense(16) relu -> dense(3)")
                .setBatchSize(16)
                .setEpochs(20);
        ParamMap[] grid = new ParamGridBuilder()
                .addGrid(net.learningRate(), new double[] {1e-4, 1e-2})
                .addGrid(net.weightDecay(), new double[] {0, 1e-3})
                .build();
        CrossValidator search = new CrossValidator()
                .setNumFolds(3)
                .setParallelism(4)
                .setSeed(1)
                .setEstimator(new Pipeline().setStages(new PipelineStage[] {species, measures, net}))
                .setEstimatorParamMaps(grid)
                .setEvaluator(new MulticlassClassificationEvaluator().setMetricName("accuracy"));
        try (SparkSession spark = Penguins.spark()) {
            CrossValidatorModel tuned = search.fit(Penguins.read(spark, args[0]));
            System.out.println("accuracy " + Arrays.toString(tuned.avgMetrics()));
            tuned.write().overwrite().save(args[1]);
        }
    }
}
