package io.firesteel.source;

import io.firesteel.row.BadRows;
import io.firesteel.row.DecimalText;
import io.firesteel.row.Imputer;
import io.firesteel.row.LabelEncoder;
import io.firesteel.row.RowBuffer;
import io.firesteel.spec.SpecException;
import java.io.IOException;
import java.util.Arrays;

/** One open file of LIBSVM text. Blank lines and comments after a {@code #} are ignored. */
final class LibSvmReader implements RowReader {
    private final int width;
    private final String path;
    private final LabelEncoder labels; // null if rows begin with a number to predict
    private final Imputer imputer;
    private final TextLines in;
    private String row;

    LibSvmReader(FileRange range, int width, LabelEncoder labels, BadRows bad) throws IOException {
        this.path = range.path();
        this.width = width;
        this.labels = labels;
        this.imputer = new Imputer(bad);
        this.in = new TextLines(range);
    }

    @Override
    public boolean next() throws IOException {
        do {
            row = in.next();
            if (row == null) return false;
            int comment = row.indexOf('#');
            row = (comment < 0 ? row : row.substring(0, comment)).strip();
        } while (row.isEmpty());
        return true;
    }

    /** The first word of the row: its label or target. */
    String label() {
        return row.substring(0, end(0));
    }

    /** How many values the row gives. */
    int values() {
        return (int) row.chars().filter(letter -> letter == ':').count();
    }

    /** The last index of the row; 0 if it has none or it is invalid. */
    int lastIndex() {
        int colon = row.lastIndexOf(':'), at = colon;
        while (at > 0 && row.charAt(at - 1) > ' ') at--;
        try {
            return colon < 0 ? 0 : Math.max(0, Integer.parseInt(row, at, colon, 10));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    @Override
    public SpecException fill(RowBuffer buffer) {
        int last = 0, count = 0;
        if (buffer.indices == null) Arrays.fill(buffer.values, 0);
        buffer.targets[0] = target(label());
        imputer.begin();
        for (int at = start(end(0)); at < row.length(); at = start(end(at))) {
            int end = end(at), colon = row.indexOf(':', at), index = index(at, colon, end);
            if (index <= last || index > width)
                throw bad("index " + index + (last == 0 ? "" : " after " + last) + ", wanted ascending indices in 1.."
                        + width + "; fix the row or set \"shape\"");
            last = index;
            float value = value(index, row.substring(colon + 1, end));
            if (buffer.indices == null) {
                buffer.values[index - 1] = value;
                continue;
            }
            if (count == buffer.indices.length) {
                buffer.indices = Arrays.copyOf(buffer.indices, 2 * count);
                buffer.values = Arrays.copyOf(buffer.values, 2 * count);
            }
            buffer.indices[count] = index - 1;
            buffer.values[count++] = value;
        }
        buffer.count = count;
        return imputer.first();
    }

    private float target(String text) {
        try {
            if (labels != null) return labels.of(text);
        } catch (SpecException e) {
            throw bad(e.getMessage());
        }
        float number = DecimalText.parse(text);
        if (!Float.isFinite(number)) throw bad("\"" + text + "\" comes first, wanted a finite number; fix the row");
        return number;
    }

    private int index(int at, int colon, int end) {
        try {
            if (colon > at && colon < end) return Integer.parseInt(row, at, colon, 10);
        } catch (NumberFormatException e) {
            // reported below
        }
        throw bad("found \"" + row.substring(at, end) + "\", wanted index:value; fix the row");
    }

    private float value(int index, String text) {
        float number = DecimalText.parse(text);
        return Float.isFinite(number)
                ? number
                : imputer.impute(bad("index " + index + " is \"" + text
                        + "\", wanted a finite number; fix the value or remove the row"));
    }

    /** The end of the word that begins at {@code at}. */
    private int end(int at) {
        while (at < row.length() && row.charAt(at) > ' ') at++;
        return at;
    }

    /** The start of the next word after {@code at}. */
    private int start(int at) {
        while (at < row.length() && row.charAt(at) <= ' ') at++;
        return at;
    }

    private SpecException bad(String what) {
        return new SpecException(path + " line " + in.number() + ": " + what);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
