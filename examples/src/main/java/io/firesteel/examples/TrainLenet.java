package io.firesteel.examples;

import io.firesteel.infer.Inference;
import io.firesteel.metric.Evaluation;
import io.firesteel.modelfile.SavedModel;
import io.firesteel.source.Idx;
import io.firesteel.train.Run;
import io.firesteel.train.Training;
import java.io.IOException;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Trains the bundled example from Java and evaluates the saved model: {@code TrainLenet EXAMPLES-FOLDER MODEL-FOLDER
 * [path=value]...}
 */
public final class TrainLenet {
    private TrainLenet() {}

    public static void main(String[] args) throws IOException {
        String examples = args[0], folder = args[1];
        List<String> overrides = List.of(args).subList(2, args.length);
        Training training = new Training(Run.read(examples + "/fashion-lenet/run.json", overrides));
        try (JavaSparkContext spark = new JavaSparkContext(training.sparkConf().setMaster("local[2]"))) {
            Training.Outcome outcome = training.train(spark, Training.Options.DEFAULT);
            System.out.println(outcome.summary().get("metrics"));
            outcome.model().save(folder);
        }
        SavedModel lenet = SavedModel.load(folder);
        Idx test = new Idx(examples + "/data/test-images.gz", examples + "/data/test-labels.gz");
        Evaluation found = new Inference(lenet).evaluate(test);
        System.out.println("accuracy " + found.get("accuracy"));
    }
}
