package io.firesteel.model;

import io.firesteel.spec.SpecException;
import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The columns that a model was trained on, by which it finds them in other tables whatever their order there.
 *
 * @param features the feature columns, in the order in which the model takes them
 * @param targets the column of class labels, or the columns of numbers that the model predicts
 */
public record ModelColumns(List<NamedColumn> features, List<NamedColumn> targets) implements Serializable {

    /**
     * A column.
     *
     * @param name what its table calls it
     * @param type what was in it, as Spark writes types; {@code number} or {@code label} where it was text
     */
    public record NamedColumn(String name, String type) implements Serializable {}

    public ModelColumns {
        features = List.copyOf(features);
        targets = List.copyOf(targets);
        Set<String> names = new HashSet<>();
        for (List<NamedColumn> columns : List.of(features, targets))
            for (NamedColumn column : columns)
                if (!names.add(column.name()))
                    throw new IllegalArgumentException(
                            "two columns are called \"" + column.name() + "\"; each has a name of its own");
    }

    /** The names of the feature columns. */
    public List<String> names() {
        return features.stream().map(NamedColumn::name).toList();
    }

    /**
     * The feature columns of another table in the order in which the model takes them: those that it was trained on if
     * {@code given} are the same in any order or none, else {@code given}.
     *
     * @param given what the user says; null for nothing
     */
    public List<String> order(List<String> given) {
        return given == null || given.size() == features.size() && new HashSet<>(given).equals(Set.copyOf(names()))
                ? names()
                : given;
    }

    /**
     * Throws unless each of {@code wanted} is exactly once among a table's columns.
     *
     * @param place opens the message; may be empty
     */
    public static void check(String place, List<String> wanted, List<String> found) {
        String start = place.isEmpty() ? "" : place + ": ";
        for (String name : wanted) {
            long times = found.stream().filter(name::equals).count();
            if (times == 1) continue;
            if (times > 1)
                throw new SpecException(
                        place + ": " + times + " columns are called \"" + name + "\"; give each a name of its own");
            String other =
                    found.stream().filter(name::equalsIgnoreCase).findFirst().orElse(null);
            throw new SpecException(start + "no column \"" + name + "\"; "
                    + (other == null ? "there is " + found : "there is \"" + other + "\", whose name differs in case"));
        }
    }
}
