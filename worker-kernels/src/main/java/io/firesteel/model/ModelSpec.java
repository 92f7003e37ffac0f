package io.firesteel.model;

import io.firesteel.array.ParamLayout;
import io.firesteel.array.Shape;
import io.firesteel.layer.Sequential;
import io.firesteel.loss.Loss;
import io.firesteel.loss.TargetKind;
import io.firesteel.metric.Metric;
import io.firesteel.metric.Metrics;
import io.firesteel.op.Binder;
import io.firesteel.spec.Default;
import io.firesteel.spec.JsonName;
import java.io.Serializable;
import java.util.List;

/**
 * A network as plain data, with all that is needed to use its weights.
 *
 * @param input shape of one row
 * @param normalization what raw inputs go through first
 * @param net the layers
 * @param loss what training minimizes
 * @param targets numbers per row in the targets
 * @param classes the names of the classes, class 0 first; empty where they have none
 * @param target what the targets are, and so what the model predicts; null for class labels where there is one target
 *     and more than one output, else for values
 * @param metrics what evaluation reports beside the loss; null for what is usual for such targets
 * @param columns the columns that it was trained on; null where they have no names, or for a model of version 0.1
 */
@JsonName("Model")
public record ModelSpec(
        Shape input,
        Normalization normalization,
        Sequential net,
        Loss loss,
        @Default("1") int targets,
        @Default("[]") List<String> classes,
        @Default("null") TargetKind target,
        @Default("null") List<Metric> metrics,
        @Default("null") ModelColumns columns)
        implements Serializable {
    public ModelSpec {
        normalization.check(input);
        int outputs = net.output(input).size();
        loss.check(outputs, targets);
        if (target == null) target = targets == 1 && outputs > 1 ? TargetKind.CLASS : TargetKind.VALUES;
        if (target == TargetKind.CLASS && outputs == 1)
            throw new IllegalArgumentException(
                    "one output, but the data has class labels; end the model with one unit per class");
        if (target != TargetKind.CLASS && outputs != targets)
            throw new IllegalArgumentException("the last layer has " + outputs + " units, the data " + targets
                    + " targets per row; give it one unit per target");
        metrics = metrics == null ? Metrics.usual(target) : List.copyOf(metrics);
        for (Metric metric : metrics) metric.check(target, outputs);
        classes = List.copyOf(classes);
        if (!classes.isEmpty() && classes.size() != outputs)
            throw new IllegalArgumentException(
                    "the last layer has " + outputs + " units, the data " + classes.size() + " classes " + classes
                            + "; give it one unit per class, or name in \"classes\" those that are meant");
    }

    public ModelSpec(Shape input, Normalization normalization, Sequential net, Loss loss, int targets) {
        this(input, normalization, net, loss, targets, List.of(), null, null, null);
    }

    public ModelSpec(
            Shape input,
            Normalization normalization,
            Sequential net,
            Loss loss,
            int targets,
            List<String> classes,
            TargetKind target,
            List<Metric> metrics) {
        this(input, normalization, net, loss, targets, classes, target, metrics, null);
    }

    /** The same with other metrics. */
    public ModelSpec withMetrics(List<Metric> others) {
        return new ModelSpec(input, normalization, net, loss, targets, classes, target, others, columns);
    }

    /** Outputs per row. */
    public int outputs() {
        return net.output(input).size();
    }

    /** True when targets are class labels 0..outputs-1. */
    public boolean classifies() {
        return target == TargetKind.CLASS;
    }

    /** What makes sums of rows into the metrics of this model. */
    public Metrics summary() {
        return new Metrics(metrics, outputs());
    }

    /** The names and offsets of the parameters. */
    public ParamLayout layout() {
        Binder binder = new Binder(0);
        net.bind(input, binder);
        return binder.layout();
    }
}
