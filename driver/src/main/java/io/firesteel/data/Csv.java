package io.firesteel.data;

import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import io.firesteel.array.Shape;
import io.firesteel.spec.Default;
import io.firesteel.spec.SpecException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Numbers in text, one row a line, parsed by univocity as in Spark. The first line names the columns.
 *
 * @param path the file, plain or gzip, UTF-8
 * @param label the column of class labels 0, 1, 2, ...; null when {@code values} are learned
 * @param values the columns of the numbers to learn; null when a {@code label} is
 * @param features the columns of the features, in order; null for all others
 * @param shape of the features, as in 28x28x1; null for a vector
 * @param separator one character
 */
public record Csv(String path, @Default("null") String label, @Default("null") List<String> values,
    @Default("null") List<String> features,
    @Default("null") Shape shape, @Default("\",\"") String separator) implements Source {
  private static final int MAX_COLUMNS = 1 << 20;
  private static final int MAX_CELL = 4096;

  public Csv {
    if ((label == null) == (values == null))
      throw new IllegalArgumentException(
          "Csv needs either \"label\" (a class column) or \"values\" (columns to predict)");
    if (separator.length() != 1)
      throw new IllegalArgumentException("separator is one character, got \"" + separator + "\"");
  }

  @Override public Csv under(String folder) {
    return new Csv(Storage.resolve(folder, path), label, values, features, shape, separator);
  }

  @Override public Header header() throws IOException {
    try (Table table = new Table()) {
      return table.header();
    }
  }

  @Override public void read(int classes, Sink sink) throws IOException {
    try (Table table = new Table()) {
      float[] x = new float[table.inputs.length], t = new float[table.targets.length];
      long rows = 0;
      for (String[] cells = table.next(); cells != null; cells = table.next(), rows++) {
        for (int i = 0; i < x.length; i++) x[i] = table.number(cells, table.inputs[i]);
        for (int i = 0; i < t.length; i++) t[i] = table.number(cells, table.targets[i]);
        if (label != null && !(t[0] >= 0 && t[0] < classes && t[0] == (int) t[0]))
          throw table.bad("label " + cells[table.targets[0]] + " is outside 0.." + (classes - 1)
              + "; give the model's last layer one unit a class, or fix the row");
        sink.accept(rows, null, x, t);
      }
      if (rows == 0) throw new SpecException(path + ": zero rows; training needs at least one");
    }
  }

  /** The open file and where its columns stand. */
  private final class Table implements AutoCloseable {
    final CsvParser parser;
    final List<String> names;
    final int[] inputs;
    final int[] targets;

    Table() throws IOException {
      CsvParserSettings settings = new CsvParserSettings();
      settings.getFormat().setDelimiter(separator.charAt(0));
      settings.setMaxColumns(MAX_COLUMNS);
      settings.setMaxCharsPerColumn(MAX_CELL);
      settings.setLineSeparatorDetectionEnabled(true);
      parser = new CsvParser(settings);
      InputStream in = Storage.open(path);
      Reader text = new InputStreamReader(in, StandardCharsets.UTF_8);
      parser.beginParsing(text);
      String[] first = next();
      if (first == null) throw new SpecException(path + ": empty; the first line names the columns");
      names = Arrays.asList(first);
      List<String> wanted = label != null ? List.of(label) : values;
      targets = columns(wanted);
      List<String> others = new ArrayList<>(names);
      others.removeAll(wanted);
      inputs = columns(features != null ? features : others);
      if (inputs.length == 0) throw new SpecException(path + ": no column is left for the features; there is " + names);
    }

    Header header() {
      Shape vector = shape == null ? new Shape(inputs.length) : shape;
      if (vector.size() != inputs.length)
        throw new SpecException(
            path + ": " + inputs.length + " feature columns, but shape " + shape + " wants " + vector.size());
      return new Header(vector, targets.length, label != null, false);
    }

    private int[] columns(List<String> wanted) {
      return wanted.stream().mapToInt(name -> {
        int at = names.indexOf(name);
        if (at < 0) throw new SpecException(path + " line 1: no column \"" + name + "\"; there is " + names);
        return at;
      }).toArray();
    }

    String[] next() {
      try {
        return parser.parseNext();
      } catch (TextParsingException e) {
        throw bad("cannot be parsed: " + e.getMessage().lines().findFirst().orElse(""));
      }
    }

    float number(String[] cells, int column) {
      if (cells.length != names.size()) throw bad(cells.length + " cells, wanted " + names.size() + "; fix the row");
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

    SpecException bad(String what) {
      return new SpecException(path + " line " + parser.getContext().currentLine() + ": " + what);
    }

    @Override public void close() { parser.stopParsing(); }
  }
}
