package io.firesteel.source;

import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import io.firesteel.row.BadRows;
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
    private static final int MAX_COLUMNS = 1 << 20;
    private static final int MAX_CELL = 4096;

    private final boolean classifies;
    private final String path;
    private final LabelEncoder labels;
    private final Imputer imputer;
    private final CsvParser parser;
    private final TextLines lines;
    private final List<String> names;
    private final int[] inputs;
    private final int[] targets;
    private String[] cells; // of the current row

    /**
     * Which columns of a file are read.
     *
     * @param label the column of class labels; null to predict {@code values}
     * @param features null for all columns that are not targets
     */
    record CsvColumns(String label, List<String> values, List<String> features) {}

    CsvReader(FileRange range, CsvColumns columns, LabelEncoder labels, BadRows bad, CsvParser parser)
            throws IOException {
        this.classifies = columns.label != null;
        this.path = range.path();
        this.labels = labels;
        this.imputer = new Imputer(bad);
        this.parser = parser;
        lines = new TextLines(range);
        names = names(range);
        List<String> wantedNames = classifies ? List.of(columns.label) : columns.values;
        targets = columns(wantedNames);
        List<String> others = new ArrayList<>(names);
        others.removeAll(wantedNames);
        inputs = columns(columns.features != null ? columns.features : others);
        if (inputs.length == 0) throw new SpecException(path + ": no feature column is left; there is " + names);
    }

    /** A parser of single lines, for any number of files one after the other: making one takes long. */
    static CsvParser parser(char separator) {
        CsvParserSettings settings = new CsvParserSettings();
        settings.getFormat().setDelimiter(separator);
        settings.getFormat().setComment('\0'); // no comments: a line that starts with # is a row
        settings.setMaxColumns(MAX_COLUMNS);
        settings.setMaxCharsPerColumn(MAX_CELL);
        return new CsvParser(settings);
    }

    private List<String> names(FileRange range) throws IOException {
        if (range.from() == 0) return names(lines);
        try (TextLines head = new TextLines(FileRange.whole(path))) {
            return names(head);
        }
    }

    private List<String> names(TextLines from) {
        if (!next(from)) throw new SpecException(path + ": empty; the first line names the columns");
        return Arrays.asList(cells);
    }

    int inputs() {
        return inputs.length;
    }

    int targets() {
        return targets.length;
    }

    private int[] columns(List<String> wantedNames) {
        return wantedNames.stream()
                .mapToInt(name -> {
                    int at = names.indexOf(name);
                    if (at < 0)
                        throw new SpecException(path + " line 1: no column \"" + name + "\"; there is " + names);
                    return at;
                })
                .toArray();
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

    private String line(TextLines from) {
        try {
            return from.next();
        } catch (IOException e) {
            throw bad("cannot be read: "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }

    private String[] parsed(String line) {
        try {
            return parser.parseLine(line);
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
        try {
            float number = Float.parseFloat(cells[column]);
            if (Float.isFinite(number)) return number;
        } catch (NumberFormatException e) {
            // reported below
        }
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
