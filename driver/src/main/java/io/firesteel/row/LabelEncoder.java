package io.firesteel.row;

import io.firesteel.spec.SpecException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * Maps labels to class numbers: a label is a number in 0..classes-1, or a name whose position in the list is its class.
 */
public final class LabelEncoder {
    private static final int SHOWN = 10; // names in a message

    private final int classes;
    private final List<String> names;
    private final Map<String, Integer> numbers = new HashMap<>();

    /** {@code names} is empty if labels are numbers, and null if they are unknown because no label will be read. */
    public LabelEncoder(List<String> names, int classes) {
        this.classes = classes;
        this.names = names == null ? List.of() : names;
        for (String name : this.names) numbers.put(name, numbers.size());
    }

    /** Throws if a name occurs twice in the list of classes, which may be null. */
    public static void check(List<String> names) {
        if (names != null && new HashSet<>(names).size() < names.size())
            throw new IllegalArgumentException("\"classes\" " + names + " lists one class twice");
    }

    /** The class of a label; throws if there is none. */
    public float of(String text) {
        if (!names.isEmpty()) {
            Integer number = numbers.get(text);
            if (number != null && number < classes) return number;
            throw new SpecException("label \"" + text + "\" is not one of the classes " + shown() + "; fix the row");
        }
        return of(DecimalText.parse(text), text);
    }

    /** The class of a numeric label; throws if there is none. */
    public float of(float label) {
        String text = label == (long) label ? Long.toString((long) label) : Float.toString(label);
        return names.isEmpty() ? of(label, text) : of(text);
    }

    private float of(float label, String text) {
        if (label >= 0 && label < classes && label == (int) label) return label;
        throw outside(text);
    }

    private SpecException outside(String text) {
        return new SpecException("label " + text + " is outside 0.." + (classes - 1)
                + (text.matches("\\d+(\\.0*)?")
                        ? "; give the model's last layer one unit per class, or fix the row"
                        : "; name labels other than 0, 1, 2, ... in \"classes\", or fix the row"));
    }

    private String shown() {
        return names.size() <= SHOWN
                ? names.toString()
                : names.subList(0, SHOWN).toString().replace("]", ", ... " + (names.size() - SHOWN) + " more]");
    }
}
