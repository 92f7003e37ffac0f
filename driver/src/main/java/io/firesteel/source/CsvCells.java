package io.firesteel.source;

import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import java.io.IOException;

/**
 * The cells of a line of a CSV file. Quotes within cells in quotes are doubled, as in RFC 4180, or stand behind a
 * backslash, as Spark writes them.
 */
public final class CsvCells {
    private static final String BACKSLASH = "\\\"", DOUBLED = "\"\"";
    private static final int LOOKED_AT = 1000; // lines
    private static final int MAX_COLUMNS = 1 << 20;

    private CsvCells() {}

    /** A parser of single lines, for any number of files one after the other: making one takes long. */
    static CsvParser parser(char separator) {
        CsvParserSettings settings = new CsvParserSettings();
        settings.getFormat().setDelimiter(separator);
        settings.getFormat().setComment('\0'); // no comments: a line that starts with # is a row
        settings.setMaxColumns(MAX_COLUMNS);
        settings.setMaxCharsPerColumn(-1); // as many as there are
        return new CsvParser(settings);
    }

    /**
     * The cells of a line; a backslash before a quote counts where doubled quotes alone give another number of cells
     * than there are columns.
     */
    static String[] cells(CsvParser parser, String line, int columns) {
        String[] cells = parser.parseLine(line);
        if (cells == null || cells.length == columns || !line.contains(BACKSLASH)) return cells;
        String[] others = parser.parseLine(line.replace(BACKSLASH, DOUBLED));
        return others != null && others.length == columns ? others : cells;
    }

    /** The character before a quote within quotes, as the first lines of a file of comma-separated values have it. */
    public static char escape(String path) throws IOException {
        CsvParser parser = parser(',');
        try (TextLines lines = new TextLines(FileRange.whole(path))) {
            int columns = 0; // of the first line that is not blank
            for (int i = 0; i < LOOKED_AT; i++) {
                String line = lines.next();
                if (line == null) break;
                String[] cells = parser.parseLine(line);
                if (cells == null) continue;
                if (columns == 0) columns = cells.length;
                if (cells.length != columns && cells(parser, line, columns).length == columns) return '\\';
            }
        }
        return '"';
    }
}
