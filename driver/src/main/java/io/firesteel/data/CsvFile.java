package io.firesteel.data;

import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import io.firesteel.spec.SpecException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** One open file of a {@link Csv} and where its columns stand. */
final class CsvFile implements AutoCloseable {
  private static final int MAX_COLUMNS = 1 << 20;
  private static final int MAX_CELL = 4096;

  private final Csv csv;
  private final String path;
  private final CsvParser parser;
  private final List<String> names;
  private final int[] inputs;
  private final int[] targets;

  CsvFile(Csv csv, String path) throws IOException {
    this.csv = csv;
    this.path = path;
    CsvParserSettings settings = new CsvParserSettings();
    settings.getFormat().setDelimiter(csv.separator().charAt(0));
    settings.getFormat().setComment('\0'); // a line that starts with # is a row like any other
    settings.setMaxColumns(MAX_COLUMNS);
    settings.setMaxCharsPerColumn(MAX_CELL);
    settings.setLineSeparatorDetectionEnabled(true);
    parser = new CsvParser(settings);
    Reader text = new InputStreamReader(Storage.open(path), StandardCharsets.UTF_8);
    parsing(() -> {
      parser.beginParsing(text);
      return null;
    });
    String[] first = next();
    if (first == null) throw new SpecException(path + ": empty; the first line names the columns");
    names = Arrays.asList(first);
    List<String> wanted = csv.label() != null ? List.of(csv.label()) : csv.values();
    targets = columns(wanted);
    List<String> others = new ArrayList<>(names);
    others.removeAll(wanted);
    inputs = columns(csv.features() != null ? csv.features() : others);
    if (inputs.length == 0) throw new SpecException(path + ": no column is left for the features; there is " + names);
  }

  int inputs() { return inputs.length; }

  int targets() { return targets.length; }

  private int[] columns(List<String> wanted) {
    return wanted.stream().mapToInt(name -> {
      int at = names.indexOf(name);
      if (at < 0) throw new SpecException(path + " line 1: no column \"" + name + "\"; there is " + names);
      return at;
    }).toArray();
  }

  /** The cells of the next row, or null; throws where the file goes on but cannot be parsed. */
  String[] next() {
    return parsing(parser::parseNext);
  }

  private String[] parsing(Supplier<String[]> step) {
    try {
      return step.get();
    } catch (TextParsingException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw bad("cannot be parsed: " + String.valueOf(cause.getMessage()).lines().findFirst().orElse(""));
    }
  }

  /** Fills x and t from a row, or throws; with {@code Impute} bad cells of x are replaced and the first is returned, else null. */
  SpecException fill(String[] cells, int classes, float[] x, float[] t) {
    if (cells.length != names.size()) throw bad(cells.length + " cells, wanted " + names.size() + "; fix the row");
    for (int i = 0; i < t.length; i++) t[i] = number(cells, targets[i]);
    if (csv.label() != null && !(t[0] >= 0 && t[0] < classes && t[0] == (int) t[0]))
      throw bad("label " + cells[targets[0]] + " is outside 0.." + (classes - 1)
          + "; give the model's last layer one unit a class, or fix the row");
    SpecException mended = null;
    for (int i = 0; i < x.length; i++) {
      try {
        x[i] = number(cells, inputs[i]);
      } catch (SpecException e) {
        if (!(csv.bad() instanceof BadRows.Impute impute)) throw e;
        x[i] = impute.value();
        mended = mended == null ? e : mended;
      }
    }
    return mended;
  }

  private float number(String[] cells, int column) {
    String cell = cells[column];
    if (cell == null) throw bad("column \"" + names.get(column) + "\" is missing; fill the cell or remove the row");
    try {
      float number = Float.parseFloat(cell);
      if (Float.isFinite(number)) return number;
    } catch (NumberFormatException e) {
      // said below
    }
    throw bad("column \"" + names.get(column) + "\" is \"" + cell
        + "\", wanted a finite number; fix the cell or remove the row");
  }

  private SpecException bad(String what) {
    long line = parser.getContext() == null ? 1 : parser.getContext().currentLine();
    return new SpecException(path + " line " + line + ": " + what);
  }

  @Override public void close() { parser.stopParsing(); }
}
