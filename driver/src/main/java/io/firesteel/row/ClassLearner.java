package io.firesteel.row;

import io.firesteel.spec.SpecException;
import java.util.List;
import java.util.TreeSet;

/**
 * Learns the class names from the labels of all rows: no names if one of the first labels is a number, else the
 * distinct labels in alphabetical order.
 */
public final class ClassLearner {
    private static final int LOOKED_AT = 16;
    public static final int MOST = 1 << 16;

    private final TreeSet<String> names = new TreeSet<>();
    private int seen;
    private boolean numbers;

    /** Adds a label, null if missing; returns false once no further label is needed. */
    public boolean see(String text) {
        if (text == null) return true;
        if (seen++ < LOOKED_AT && !Float.isNaN(DecimalText.parse(text))) numbers = true;
        else names.add(text);
        if (names.size() > MOST)
            throw new SpecException("more than " + MOST + " different labels; is this the class column?");
        return !numbers;
    }

    public List<String> classes() {
        return numbers ? List.of() : List.copyOf(names);
    }
}
