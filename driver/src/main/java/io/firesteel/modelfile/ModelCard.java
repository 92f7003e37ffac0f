package io.firesteel.modelfile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.firesteel.layer.Layer;
import io.firesteel.model.ModelColumns;
import io.firesteel.model.ModelSpec;
import io.firesteel.model.WeightsFile;
import io.firesteel.spec.Specs;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The {@code README.md} beside a model, laid out as Hugging Face's model cards: a head in YAML for machines, then what
 * the net is and what it was trained on, how, with which results and versions. It holds what is known and nothing else.
 */
public final class ModelCard {
    private static final int LISTED = 50; // columns

    private final StringBuilder text = new StringBuilder();
    private final ModelSpec model;

    public ModelCard(ModelSpec model) {
        this.model = model;
    }

    /**
     * The card of a model of which only the weights are known; {@code origin}, a sentence, says where they come from.
     */
    static String of(ModelSpec model, float[] params, String origin) {
        ModelCard card = new ModelCard(model);
        card.head(null, null);
        card.net();
        if (!origin.isEmpty()) card.line("\n" + origin);
        card.weights(WeightsFile.sha256(params));
        return card.toString();
    }

    /** Adds a line. */
    public void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    /**
     * Adds the part in YAML. JSON is YAML, so what may hold any sign is written as JSON.
     *
     * @param dataset type and name of the data, for {@code metrics}
     * @param metrics results by name; null where none are known
     */
    public void head(JsonNode dataset, JsonNode metrics) {
        String task = !model.classifies()
                ? "tabular-regression"
                : model.input().rank() == 3 ? "image-classification" : "tabular-classification";
        line("---%nlibrary_name: firesteel%ntags: [firesteel, spark]%npipeline_tag: %s", task);
        if (metrics != null && !metrics.isEmpty()) {
            line(
                    "model-index:%n- name: firesteel%n  results:%n  - task: {type: %s}%n    dataset: %s%n    metrics:",
                    task, dataset);
            for (var metric : metrics.properties())
                line(
                        "    - {type: %s, name: %s, value: %s}",
                        metric.getKey().endsWith("Accuracy") ? "accuracy" : "loss", metric.getKey(), metric.getValue());
        }
        line("---");
    }

    /** Adds what the net takes, gives and is made of. */
    public void net() {
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
        if (model.columns() != null) {
            line(
                    "Its inputs, found by their names: %s.%n",
                    listed(model.columns().features()));
            line("It was trained to predict: %s.%n", listed(model.columns().targets()));
        }
        line("| layer | output |%n|---|---|%n| input | %s |", model.input());
        for (Layer.Child child : model.net().children(model.input()))
            line("| `%s` | %s |", Specs.write(child.layer()), child.output());
    }

    private static String listed(List<ModelColumns.NamedColumn> columns) {
        String text = columns.stream()
                .limit(LISTED)
                .map(column -> "`" + column.name() + "` (" + column.type() + ")")
                .collect(Collectors.joining(", "));
        return columns.size() <= LISTED ? text : text + ", and " + (columns.size() - LISTED) + " more in model.json";
    }

    /** Adds a section with a table of two columns. */
    public void table(String title, String what, JsonNode values) {
        line("%n## %s%n%n| %s | |%n|---|---|", title, what);
        for (var each : values.properties())
            line(
                    "| %s | %s |",
                    each.getKey(), each.getValue() instanceof TextNode word ? word.textValue() : each.getValue());
    }

    /** Adds the checksum of the weights. */
    public void weights(String sha256) {
        line("\nWeights: SHA-256 `%s`.", sha256);
    }

    /** The text so far. */
    @Override
    public String toString() {
        return text.toString();
    }
}
