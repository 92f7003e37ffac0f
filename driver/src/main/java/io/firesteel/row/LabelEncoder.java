package io.firesteel.row;

import io.firesteel.spec.SpecException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** The class labels that a source may have: the numbers 0..classes-1, or names, the first of which is class 0. */
public final class LabelEncoder {
    private static final int SHOWN = 10; // names in a message

    private final int classes;
    private final List<String> names;
    private final Map<String, Integer> numbers = new HashMap<>();

    /** {@code names} is empty where labels are numbers, or null where that is not known and nothing is to be read. */
    public LabelEncoder(List<String> names, int classes) {
        this.classes = classes;
        this.names = names == null ? List.of() : names;
        for (String name : this.names) numbers.put(name, numbers.size());
    }

    /** Throws where a name stands twice in a list of classes, which may be null. */
    public static void check(List<String> names) {
        if (names != null && new HashSet<>(names).size() < names.size())
            throw new IllegalArgumentException("\"classes\" " + names + " names one class twice");
    }

    /** The class that a text names; throws where there is none. */
    public float of(String text) {
        if (!names.isEmpty()) {
            Integer number = numbers.get(text);
            if (number != null && number < classes) return number;
            throw new SpecException("label \"" + text + "\" is none of the classes " + shown() + "; fix the row");
        }
        try {
            return of(Float.parseFloat(text), text);
        } catch (NumberFormatException e) {
            throw outside(text);
        }
    }

    /** The class of a number, which is its own; throws where there is none. */
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
                + "; give the model's last layer one unit a class, or fix the row");
    }

    private String shown() {
        return names.size() <= SHOWN
                ? names.toString()
                : names.subList(0, SHOWN).toString().replace("]", ", ... " + (names.size() - SHOWN) + " more]");
    }
}
