package io.firesteel.model;

import io.firesteel.array.ParamLayout;
import io.firesteel.array.Shape;
import io.firesteel.layer.Binder;
import io.firesteel.layer.Sequential;
import io.firesteel.loss.Loss;
import io.firesteel.spec.Default;
import java.io.Serializable;
import java.util.List;

/**
 * A network as plain data, with all that is needed to use its weights.
 *
 * @param input shape of one row
 * @param normalization what raw inputs go through first
 * @param net the layers
 * @param loss what training minimizes
 * @param targets numbers a row in the targets; 1 with more than one output means class labels
 * @param classes the names of the classes, class 0 first; empty where they have none
 */
public record ModelSpec(
        Shape input,
        Normalization normalization,
        Sequential net,
        Loss loss,
        @Default("1") int targets,
        @Default("[]") List<String> classes)
        implements Serializable {
    public ModelSpec {
        normalization.check(input);
        int outputs = net.output(input).size();
        loss.check(outputs, targets);
        classes = List.copyOf(classes);
        if (!classes.isEmpty() && classes.size() != outputs)
            throw new IllegalArgumentException(
                    "the last layer has " + outputs + " units, the data " + classes.size() + " classes " + classes
                            + "; give it one unit a class, or name in \"classes\" those that are meant");
    }

    public ModelSpec(Shape input, Normalization normalization, Sequential net, Loss loss, int targets) {
        this(input, normalization, net, loss, targets, List.of());
    }

    /** Outputs a row. */
    public int outputs() {
        return net.output(input).size();
    }

    /** True when targets are class labels 0..outputs-1. */
    public boolean classifies() {
        return targets == 1 && outputs() > 1;
    }

    /** The parameters' names and places. */
    public ParamLayout layout() {
        Binder binder = new Binder(0);
        net.bind(input, binder);
        return binder.layout();
    }
}
