package io.firesteel.data;

import io.firesteel.array.Shape;
import io.firesteel.spec.Default;
import io.firesteel.spec.SpecException;
import java.io.IOException;
import java.util.List;

/**
 * Numbers in text, one row a line, parsed by univocity as in Spark. The first line of every file names the columns.
 *
 * @param path a file, a folder or a pattern such as {@code part-*.csv}; plain or gzip, UTF-8; files are read in the order of their names
 * @param label the column of class labels 0, 1, 2, ...; null when {@code values} are learned
 * @param values the columns of the numbers to learn; null when a {@code label} is
 * @param features the columns of the features, in order; null for all others
 * @param shape of the features, as in 28x28x1; null for a vector
 * @param separator one character
 * @param bad what to do with rows that cannot be used
 */
public record Csv(String path, @Default("null") String label, @Default("null") List<String> values,
    @Default("null") List<String> features, @Default("null") Shape shape, @Default("\",\"") String separator,
    @Default("Fail") BadRows bad) implements Source {

  public Csv {
    if ((label == null) == (values == null))
      throw new IllegalArgumentException(
          "Csv needs either \"label\" (a class column) or \"values\" (columns to predict)");
    if (separator.length() != 1)
      throw new IllegalArgumentException("separator is one character, got \"" + separator + "\"");
  }

  @Override public Csv under(String folder) {
    return new Csv(Storage.resolve(folder, path), label, values, features, shape, separator, bad);
  }

  /** That of the first file that can be read. */
  @Override public Header header() throws IOException {
    Census census = new Census(bad);
    for (String path : Storage.files(path)) {
      try (CsvFile file = new CsvFile(this, path)) {
        return header(file.inputs(), file.targets());
      } catch (SpecException e) {
        census.skip(e);
      }
    }
    throw new SpecException(path + ": no file in it can be read; " + String.join("; ", census.first()));
  }

  private Header header(int inputs, int targets) {
    Shape vector = shape == null ? new Shape(inputs) : shape;
    if (vector.size() != inputs)
      throw new SpecException(
          path + ": " + inputs + " feature columns, but shape " + shape + " wants " + vector.size());
    return new Header(vector, targets, label != null, false);
  }

  @Override public Census read(int classes, Sink sink) throws IOException {
    Header header = header();
    Census census = new Census(bad);
    for (String path : Storage.files(path)) {
      try (CsvFile file = new CsvFile(this, path)) {
        if (file.inputs() != header.shape().size())
          throw new SpecException(
              path + ": " + file.inputs() + " feature columns, the first file has " + header.shape().size());
        read(file, classes, census, sink);
      } catch (SpecException e) {
        census.skip(e); // the file as a whole
      }
    }
    if (census.rows() == 0) throw new SpecException(path + ": zero rows; training needs at least one");
    return census;
  }

  private static void read(CsvFile file, int classes, Census census, Sink sink) {
    float[] x = new float[file.inputs()], t = new float[file.targets()];
    for (String[] cells = file.next(); cells != null; cells = file.next()) {
      try {
        SpecException mended = file.fill(cells, classes, x, t);
        if (mended != null) census.impute(mended);
      } catch (SpecException e) {
        census.skip(e);
        continue;
      }
      sink.accept(census.keep(), null, x, t);
    }
  }
}
