package io.firesteel.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.firesteel.internal.shard.ShardedRows;
import io.firesteel.model.ModelSpec;
import io.firesteel.modelfile.ModelCard;
import io.firesteel.spec.Specs;

/** The card of a model that a run has trained: the model's own, with data, settings, results and versions. */
final class TrainedModelCard {
    private final Run run;
    private final ModelCard card;

    private TrainedModelCard(ModelSpec model, Run run) {
        this.run = run;
        this.card = new ModelCard(model);
    }

    /** Its text; {@code summary} is that of {@code summary.json}. */
    static String of(ModelSpec model, Run run, ShardedRows rows, JsonNode summary) {
        TrainedModelCard all = new TrainedModelCard(model, run);
        ModelCard card = all.card;
        card.head(
                JsonNodeFactory.instance.objectNode().put("type", all.kind()).put("name", all.name()),
                summary.get("metrics"));
        card.net();
        all.data(rows, summary.path("badRows"));
        all.settings(summary);
        card.table("Results", "metric", summary.get("metrics"));
        card.weights(summary.get("weightsSha256").textValue());
        card.table("Versions", "part", summary.get("versions"));
        return card.toString();
    }

    private String kind() {
        return run.data() == null
                ? "DataFrame"
                : Specs.write(run.data().train()).get("type").textValue();
    }

    /** The first file that the training data names. */
    private String name() {
        if (run.data() == null) return "a DataFrame";
        for (JsonNode each : Specs.write(run.data().train()))
            if (each.isTextual() && each.textValue().contains("/"))
                return each.textValue().substring(each.textValue().lastIndexOf('/') + 1);
        return kind();
    }

    private void data(ShardedRows rows, JsonNode bad) {
        card.line("%n## Data%n%n| part | rows | source |%n|---|---|---|");
        card.line(
                "| train | %,d | %s |",
                rows.trainRows(),
                run.data() == null ? "a DataFrame" : code(run.data().train()));
        if (rows.validationRows() > 0)
            card.line("| validation | %,d | taken from the training rows |", rows.validationRows());
        if (rows.testRows() > 0)
            card.line("| test | %,d | %s |", rows.testRows(), code(run.data().test()));
        for (var split : bad.properties())
            card.line(
                    "%nBad rows of %s: %s skipped, %s imputed.",
                    split.getKey(),
                    split.getValue().get("skipped"),
                    split.getValue().get("imputed"));
    }

    private void settings(JsonNode summary) {
        card.line(
                "%n## Run%n%n%s steps of %,d rows, %.2f epochs, seed %d, %d shards.%n",
                summary.get("steps"), run.batch(), summary.get("epochs").doubleValue(), run.seed(), run.shards());
        for (String key : new String[] {"loss", "optimizer", "schedule", "weightDecay"})
            card.line("- %s: `%s`", key, Specs.write(run).get(key));
        card.line("- kernels: `%s`", summary.get("kernels"));
    }

    private static String code(Object spec) {
        return "`" + Specs.write(spec) + "`";
    }
}
