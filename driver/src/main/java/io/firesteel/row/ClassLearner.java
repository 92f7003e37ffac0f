package io.firesteel.row;

import io.firesteel.spec.SpecException;
import java.util.List;
import java.util.TreeSet;

/**
 * Learns the classes from the labels of all rows: numbers where one of the first is a number, else their names in
 * order.
 */
public final class ClassLearner {
    private static final int LOOKED_AT = 16;
    private static final int MOST = 1 << 16;

    private final TreeSet<String> names = new TreeSet<>();
    private int seen;
    private boolean numbers;

    /** Takes in a label, which may be missing; false where no other need be seen. */
    public boolean see(String text) {
        if (text == null) return true;
        if (seen++ < LOOKED_AT && isNumber(text)) numbers = true;
        else names.add(text);
        if (names.size() > MOST)
            throw new SpecException("more than " + MOST + " different labels; is this the column of the classes?");
        return !numbers;
    }

    private static boolean isNumber(String text) {
        try {
            Float.parseFloat(text);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    public List<String> classes() {
        return numbers ? List.of() : List.copyOf(names);
    }
}
