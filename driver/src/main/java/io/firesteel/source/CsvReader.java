package io.firesteel.source;

import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvParser;
import io.firesteel.model.ModelColumns;
import io.firesteel.row.BadRows;
import io.firesteel.row.DecimalText;
import io.firesteel.row.Imputer;
import io.firesteel.row.LabelEncoder;
import io.firesteel.row.RowBuffer;
import io.firesteel.spec.SpecException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One open range of a CSV file and the positions of its columns. A row ends where its line ends, as in Spark. */
final class CsvReader implements RowReader {
    private final boolean classifies;
    private final String path;
    private final LabelEncoder labels;
    private final Imputer imputer;
    private final CsvParser parser;
    private final TextLines lines;
    private final char separator;
    private final List<String> names; // null while the first line is read
    private final int[] inputs;
    private final int[] targets;
    private final int weight; // -1 for none
    private final int validation; // -1 for none
    private String[] cells; // of the current row

    /**
     * Which columns of a file are read.
     *
     * @param label the column of class labels; null to predict {@code values}
     * @param features null for all columns that have no other role
     * @param weight null for none
     * @param validation null for none
     */
    record CsvColumns(
            String label,
            List<String> values,
            List<String> features,
            String weight,
            String validation,
            char separator) {}

    CsvReader(FileRange range, CsvColumns columns, LabelEncoder labels, BadRows bad, CsvParser parser)
            throws IOException {
        this.classifies = columns.label != null;
        this.path = range.path();
        this.labels = labels;
        this.imputer = new Imputer(bad);
        this.parser = parser;
        separator = columns.separator;
        lines = new TextLines(range);
        names = names(range);
        List<String> wantedNames = classifies ? List.of(columns.label) : columns.values;
        targets = columns(wantedNames);
        List<String> others = new ArrayList<>(names);
        others.removeAll(wantedNames);
        others.remove(columns.weight);
        others.remove(columns.validation);
        weight = columns.weight == null ? -1 : columns(List.of(columns.weight))[0];
        validation = columns.validation == null ? -1 : columns(List.of(columns.validation))[0];
        if (columns.features == null && others.contains(""))
            throw new SpecException(path + " line 1: column " + (names.indexOf("") + 1)
                    + " has no name; name it, or give the names of the others as \"features\"");
        inputs = columns(columns.features != null ? columns.features : others);
        if (inputs.length == 0) throw new SpecException(path + ": no feature column is left; there is " + names);
    }

    private List<String> names(FileRange range) throws IOException {
        if (range.from() == 0) return names(lines);
        try (TextLines head = new TextLines(FileRange.whole(path))) {
            return names(head);
        }
    }

    private List<String> names(TextLines from) {
        if (!next(from)) throw new SpecException(path + ": empty; the first line names the columns");
        return Arrays.stream(cells).map(name -> name == null ? "" : name).toList();
    }

    int inputs() {
        return inputs.length;
    }

    int targets() {
        return targets.length;
    }

    private int[] columns(List<String> wantedNames) {
        ModelColumns.check(path + " line 1", wantedNames, names);
        return wantedNames.stream().mapToInt(names::indexOf).toArray();
    }

    /** The columns that are read. */
    ModelColumns named() {
        return new ModelColumns(named(inputs, "number"), named(targets, classifies ? "label" : "number"));
    }

    private List<ModelColumns.NamedColumn> named(int[] columns, String type) {
        return Arrays.stream(columns)
                .mapToObj(i -> new ModelColumns.NamedColumn(names.get(i), type))
                .toList();
    }

    @Override
    public boolean next() {
        return next(lines);
    }

    /** Moves to the next line that is not blank. */
    private boolean next(TextLines from) {
        do {
            String line = line(from);
            if (line == null) return false;
            cells = parsed(line);
        } while (cells == null);
        return true;
    }

    /** The next row, which goes on in the next line where a line ends within quotes. */
    private String line(TextLines from) {
        try {
            String line = from.next();
            if (line == null || !isOpen(line, false)) return line;
            if (!from.isWhole())
                throw new CutRowException(path + " line " + from.number() + ": a cell in quotes goes on in the next "
                        + "line; set \"multiLine\": true, so that files are not cut");
            StringBuilder row = new StringBuilder(line);
            boolean open = true;
            for (String next = from.next(); next != null; next = open ? from.next() : null) {
                row.append('\n').append(next);
                open = isOpen(next, true);
            }
            return row.toString();
        } catch (IOException e) {
            throw bad("cannot be read: "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }

    /** Whether a line ends within quotes; {@code open} if it begins within them. A quote within them is doubled. */
    private boolean isOpen(String line, boolean open) {
        if (!open && line.indexOf('"') < 0) return false;
        boolean within = open, starts = !open; // starts: only blanks so far in this cell
        for (int i = 0; i < line.length(); i++) {
            char letter = line.charAt(i);
            if (letter == '"') within = !within && (starts || i > 0 && line.charAt(i - 1) == '"');
            starts = !within && (letter == separator || starts && letter <= ' ');
        }
        return within;
    }

    private String[] parsed(String line) {
        try {
            return names == null ? parser.parseLine(line) : CsvCells.cells(parser, line, names.size());
        } catch (TextParsingException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw bad("cannot be parsed: "
                    + String.valueOf(cause.getMessage()).lines().findFirst().orElse(""));
        }
    }

    /** The label of the row; null if it is missing or the row has too few cells. */
    String label() {
        return cells.length == names.size() ? cells[targets[0]] : null;
    }

    @Override
    public SpecException fill(RowBuffer to) {
        if (cells.length != names.size()) throw bad(cells.length + " cells, wanted " + names.size() + "; fix the row");
        if (classifies) to.targets[0] = label(targets[0]);
        else for (int i = 0; i < targets.length; i++) to.targets[i] = number(targets[i]);
        if (weight >= 0 && !((to.weight = number(weight)) >= 0))
            throw bad(
                    "column \"" + names.get(weight) + "\" is \"" + cells[weight] + "\", wanted a weight of 0 or more");
        to.validation = validation >= 0 && isTrue(validation);
        imputer.begin();
        for (int i = 0; i < inputs.length; i++) {
            try {
                to.values[i] = number(inputs[i]);
            } catch (SpecException e) {
                to.values[i] = imputer.impute(e);
            }
        }
        return imputer.first();
    }

    private boolean isTrue(int column) {
        String cell = cells[column];
        if (cell == null || cell.equalsIgnoreCase("false")) return false;
        if (cell.equalsIgnoreCase("true")) return true;
        throw bad("column \"" + names.get(column) + "\" is \"" + cell + "\", wanted true or false");
    }

    private float label(int column) {
        if (cells[column] == null) throw missing(column);
        try {
            return labels.of(cells[column]);
        } catch (SpecException e) {
            throw bad(e.getMessage());
        }
    }

    private float number(int column) {
        if (cells[column] == null) throw missing(column);
        float number = DecimalText.parse(cells[column]);
        if (Float.isFinite(number)) return number;
        throw bad("column \"" + names.get(column) + "\" is \"" + cells[column]
                + "\", wanted a finite number; fix the cell or remove the row");
    }

    private SpecException missing(int column) {
        return bad("column \"" + names.get(column) + "\" is missing; fill the cell or remove the row");
    }

    private SpecException bad(String what) {
        return new SpecException(path + " line " + lines.number() + ": " + what);
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
