package io.firesteel.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.firesteel.array.Shape;
import io.firesteel.data.Rows;
import io.firesteel.model.Model;
import io.firesteel.model.Weights;
import io.firesteel.spec.Specs;
import java.util.Locale;

/**
 * The {@code README.md} beside a model, laid out as Hugging Face's model cards: a head in YAML for machines, then what
 * the net is and what it was trained on, how, with which results and versions. It holds what the run knows and nothing
 * else.
 */
final class ModelCard {
    private final StringBuilder text = new StringBuilder();
    private final Model model;

    private ModelCard(Model model) {
        this.model = model;
    }

    /**
     * The card of a model of which only the weights are known; {@code origin}, a sentence, says where they come from.
     */
    static String of(Model model, float[] params, String origin) {
        ModelCard card = new ModelCard(model);
        card.head(null, null);
        card.net();
        if (!origin.isEmpty()) card.line("\n" + origin);
        card.line("\nWeights: SHA-256 `%s`.", Weights.sha256(params));
        return card.text.toString();
    }

    /** The card of what a run has brought; {@code summary} is that of {@code summary.json}. */
    static String of(Model model, Run run, Rows rows, JsonNode summary) {
        ModelCard card = new ModelCard(model);
        card.head(run, summary.get("metrics"));
        card.net();
        card.data(run, rows, summary.path("badRows"));
        card.run(run, summary);
        card.table("Results", "metric", summary.get("metrics"));
        card.line("\nWeights: SHA-256 `%s`.", summary.get("weightsSha256").textValue());
        card.table("Versions", "part", summary.get("versions"));
        return card.text.toString();
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    /** JSON is YAML, so what may hold any sign is written as JSON. */
    private void head(Run run, JsonNode metrics) {
        String task = !model.classifies()
                ? "tabular-regression"
                : model.input().rank() == 3 ? "image-classification" : "tabular-classification";
        line("---%nlibrary_name: firesteel%ntags: [firesteel, spark]%npipeline_tag: %s", task);
        if (metrics != null && !metrics.isEmpty()) {
            line(
                    "model-index:%n- name: firesteel%n  results:%n  - task: {type: %s}%n    dataset: %s%n    metrics:",
                    task,
                    JsonNodeFactory.instance.objectNode().put("type", kind(run)).put("name", name(run)));
            for (var metric : metrics.properties())
                line(
                        "    - {type: %s, name: %s, value: %s}",
                        metric.getKey().endsWith("Accuracy") ? "accuracy" : "loss", metric.getKey(), metric.getValue());
        }
        line("---");
    }

    private static String kind(Run run) {
        return run.data() == null
                ? "DataFrame"
                : Specs.write(run.data().train()).get("type").textValue();
    }

    /** The first file that the training data names. */
    private static String name(Run run) {
        if (run.data() == null) return "a DataFrame";
        for (JsonNode each : Specs.write(run.data().train()))
            if (each.isTextual() && each.textValue().contains("/"))
                return each.textValue().substring(each.textValue().lastIndexOf('/') + 1);
        return kind(run);
    }

    private void net() {
        Shape[] shapes = model.net().shapes(model.input());
        line(
                "%n# Model card%n%nA net of %,d parameters that takes [%s], %s, and gives %s.%n",
                model.layout().size(),
                model.input(),
                "as x = (raw - " + model.normalization().mean() + ") / "
                        + model.normalization().std(),
                !model.classifies()
                        ? model.outputs() + " values"
                        : "one output for each of the "
                                + (model.classes().isEmpty()
                                        ? "labels 0 to " + (model.outputs() - 1)
                                        : "classes " + model.classes()));
        line("| layer | output |%n|---|---|%n| input | %s |", shapes[0]);
        for (int i = 0; i + 1 < shapes.length; i++)
            line("| `%s` | %s |", Specs.write(model.net().layers().get(i)), shapes[i + 1]);
    }

    private void data(Run run, Rows rows, JsonNode bad) {
        line("%n## Data%n%n| part | rows | source |%n|---|---|---|");
        line(
                "| train | %,d | %s |",
                rows.trainRows(),
                run.data() == null ? "a DataFrame" : code(run.data().train()));
        if (rows.validationRows() > 0)
            line("| validation | %,d | held out of the training rows |", rows.validationRows());
        if (rows.testRows() > 0)
            line("| test | %,d | %s |", rows.testRows(), code(run.data().test()));
        for (var split : bad.properties())
            line(
                    "%nBad rows of %s: %s skipped, %s imputed.",
                    split.getKey(),
                    split.getValue().get("skipped"),
                    split.getValue().get("imputed"));
    }

    private void run(Run run, JsonNode summary) {
        line(
                "%n## Run%n%n%s steps of %,d rows, %.2f epochs, seed %d, %d shards.%n",
                summary.get("steps"), run.batch(), summary.get("epochs").doubleValue(), run.seed(), run.shards());
        for (String key : new String[] {"loss", "optimizer", "schedule", "weightDecay"})
            line("- %s: `%s`", key, Specs.write(run).get(key));
        line("- kernels: `%s`", summary.get("kernels"));
    }

    private void table(String title, String what, JsonNode values) {
        line("%n## %s%n%n| %s | |%n|---|---|", title, what);
        for (var each : values.properties())
            line(
                    "| %s | %s |",
                    each.getKey(), each.getValue() instanceof TextNode word ? word.textValue() : each.getValue());
    }

    private static String code(Object spec) {
        return "`" + Specs.write(spec) + "`";
    }
}
