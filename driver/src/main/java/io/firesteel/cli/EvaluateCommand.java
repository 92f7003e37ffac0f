package io.firesteel.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.infer.Inference;
import io.firesteel.metric.Evaluation;
import io.firesteel.modelfile.SavedModel;
import io.firesteel.spec.Specs;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        description = "Prints a saved model's loss and metrics as JSON.")
final class EvaluateCommand implements Callable<Integer> {
    @Parameters(paramLabel = "MODEL", description = "a run's output folder, or a saved model's folder")
    private String folder;

    @Mixin
    private DataOption data;

    @Override
    public Integer call() throws IOException {
        SavedModel saved = SavedModel.load(folder);
        Evaluation found = new Inference(saved).evaluate(data.source(saved.model()));
        ObjectNode metrics = JsonNodeFactory.instance.objectNode().put("rows", found.rows());
        found.values().forEach((name, value) -> metrics.set(name, Specs.number(value)));
        System.out.print(Specs.text(metrics));
        return 0;
    }
}
