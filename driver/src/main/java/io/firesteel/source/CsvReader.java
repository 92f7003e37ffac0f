package io.firesteel.source;

import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import io.firesteel.internal.files.HadoopFiles;
import io.firesteel.model.ModelColumns;
import io.firesteel.row.BadRows;
import io.firesteel.row.Imputer;
import io.firesteel.row.LabelEncoder;
import io.firesteel.row.RowBuffer;
import io.firesteel.spec.SpecException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** One open CSV file and the positions of its columns. */
final class CsvReader implements RowReader {
    private static final int MAX_COLUMNS = 1 << 20;
    private static final int MAX_CELL = 4096;

    private final boolean classifies;
    private final String path;
    private final LabelEncoder labels;
    private final Imputer imputer;
    private final CsvParser parser;
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
    record CsvColumns(String label, List<String> values, List<String> features, char separator) {}

    CsvReader(String path, CsvColumns columns, LabelEncoder labels, BadRows bad) throws IOException {
        this.classifies = columns.label != null;
        this.path = path;
        this.labels = labels;
        this.imputer = new Imputer(bad);
        CsvParserSettings settings = new CsvParserSettings();
        settings.getFormat().setDelimiter(columns.separator);
        settings.getFormat().setComment('\0'); // no comments: a line that starts with # is a row
        settings.setMaxColumns(MAX_COLUMNS);
        settings.setMaxCharsPerColumn(MAX_CELL);
        settings.setLineSeparatorDetectionEnabled(true);
        parser = new CsvParser(settings);
        Reader text = new InputStreamReader(HadoopFiles.open(path), StandardCharsets.UTF_8);
        parsing(() -> {
            parser.beginParsing(text);
            return null;
        });
        if (!next()) throw new SpecException(path + ": empty; the first line names the columns");
        if (String.join("", Arrays.stream(cells).map(String::valueOf).toList()).matches("(?s).*[\0\ufffd].*"))
            throw new SpecException(path + " line 1: is not UTF-8 text, but perhaps UTF-16; convert it, as with iconv");
        names = Arrays.stream(cells).map(name -> name == null ? "" : name).toList();
        List<String> wantedNames = classifies ? List.of(columns.label) : columns.values;
        targets = columns(wantedNames);
        List<String> others = new ArrayList<>(names);
        others.removeAll(wantedNames);
        if (columns.features == null && others.contains(""))
            throw new SpecException(path + " line 1: column " + (names.indexOf("") + 1)
                    + " has no name; name it, or give the names of the others as \"features\"");
        inputs = columns(columns.features != null ? columns.features : others);
        if (inputs.length == 0) throw new SpecException(path + ": no feature column is left; there is " + names);
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
        cells = parsing(parser::parseNext);
        return cells != null;
    }

    private String[] parsing(Supplier<String[]> step) {
        try {
            return step.get();
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
        long line = parser.getContext() == null ? 1 : parser.getContext().currentLine();
        return new SpecException(path + " line " + line + ": " + what);
    }

    @Override
    public void close() {
        parser.stopParsing();
    }
}
