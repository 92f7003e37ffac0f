package io.firesteel.data;

import io.firesteel.array.Shape;
import io.firesteel.spec.SpecException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Reads the rows of a table into {@link Cells}. One thread's. */
public final class CellReader implements Serializable {
  private static final long serialVersionUID = 1;

  private final Columns columns;
  private final Header header;
  private final int classes;
  private final BadRows bad;
  private final int[] features; // places in the row
  private final int[] targets;
  private final int weight; // -1 for none
  private final int held;
  private transient Cells cells; // of predictions
  private SpecException mended; // the first cell of this row that was imputed

  /** Of a table with this schema; labels are 0..classes-1. */
  CellReader(Columns columns, StructType schema, Header header, int classes, BadRows bad) {
    this.columns = columns;
    this.header = header;
    this.classes = classes;
    this.bad = bad;
    this.features = columns.features().stream().mapToInt(schema::fieldIndex).toArray();
    this.targets = columns.targets().stream().mapToInt(schema::fieldIndex).toArray();
    this.weight = columns.weight() == null ? -1 : schema.fieldIndex(columns.weight());
    this.held = columns.held() == null ? -1 : schema.fieldIndex(columns.held());
  }

  /** Reads features alone, for a model that takes {@code shape}. */
  public static CellReader features(List<String> names, StructType schema, Shape shape, BadRows bad) {
    DataType first = schema.apply(names.get(0)).dataType();
    boolean pixels = first.equals(DataTypes.BinaryType) || Images.isImage(first);
    return new CellReader(new Columns(names, List.of(), null, null), schema, new Header(shape, 0, false, pixels), 0,
        bad);
  }

  /** Puts the features of a row, scaled, into row {@code to} of x [rows, width]; throws at a row that cannot be used. */
  public void read(Row row, Scaling scaling, int to, float[] x) {
    if (cells == null) cells = new Cells(header);
    read(row, cells);
    scaling.apply(cells, to, x, header.shape().size());
  }

  /** Fills the cells from a row, or throws; with {@code Impute} bad features are replaced and the first is returned, else null. */
  SpecException read(Row row, Cells cells) {
    mended = null;
    int read = 0;
    for (int i = 0; i < targets.length; i++)
      read = append(row, targets[i], columns.targets().get(i), cells.targets, read, false);
    if (read != cells.targets.length)
      throw new SpecException(read + " targets, wanted " + cells.targets.length + "; fix the row");
    float label = header.labels() ? cells.targets[0] : 0;
    if (header.labels() && !(label >= 0 && label < classes && label == (int) label))
      throw new SpecException("label " + label + " is outside 0.." + (classes - 1)
          + "; give the model's last layer one unit a class, or fix the row");
    if (weight >= 0) cells.weight = weight(row);
    cells.held = held >= 0 && !row.isNullAt(held) && row.getBoolean(held);
    if (header.pixels()) cells.pixels = pixels(row);
    else if (header.sparse()) sparse(row, cells);
    else dense(row, cells.values);
    return mended;
  }

  private float weight(Row row) {
    float found = row.isNullAt(weight) ? Float.NaN : ((Number) row.get(weight)).floatValue();
    if (!(found >= 0) || !Float.isFinite(found))
      throw new SpecException(
          "column \"" + columns.weight() + "\" is " + row.get(weight) + ", wanted a weight of 0 or more");
    return found;
  }

  private byte[] pixels(Row row) {
    Object found = row.get(features[0]);
    if (found == null) throw missing(columns.features().get(0));
    byte[] pixels = found instanceof byte[] bytes ? bytes : Images.pixels((Row) found, header.shape());
    if (pixels.length != header.shape().size())
      throw wide(columns.features().get(0), pixels.length);
    return pixels;
  }

  private void dense(Row row, float[] x) {
    int read = 0;
    for (int i = 0; i < features.length; i++) read = append(row, features[i], columns.features().get(i), x, read, true);
    if (read != x.length) throw wide(String.join(", ", columns.features()), read);
  }

  private SpecException wide(String column, int found) {
    return new SpecException("column \"" + column + "\" has " + found + " numbers, wanted " + header.shape().size()
        + "; fix the row");
  }

  private static SpecException missing(String column) {
    return new SpecException("column \"" + column + "\" is missing; fill the cell or remove the row");
  }

  /** Puts the numbers of a column at {@code to[at]}; returns one past the last, which may lie outside. */
  private int append(Row row, int index, String column, float[] to, int at, boolean mends) {
    Object found = row.get(index);
    if (found instanceof DenseVector vector) return append(vector.values(), column, to, at, mends);
    if (found instanceof SparseVector vector) return append(vector, column, to, at, mends);
    if (found == null || found instanceof Number || found instanceof Boolean) {
      if (at < to.length) to[at] = finite(found, column, -1, mends);
      return at + 1;
    }
    List<?> numbers = row.getList(index);
    for (int i = 0; i < numbers.size() && at + i < to.length; i++)
      to[at + i] = finite(numbers.get(i), column, i, mends);
    return at + numbers.size();
  }

  private int append(double[] numbers, String column, float[] to, int at, boolean mends) {
    for (int i = 0; i < numbers.length && at + i < to.length; i++) {
      float number = (float) numbers[i];
      to[at + i] = Float.isFinite(number) ? number : mend(numbers[i], column, i, mends);
    }
    return at + numbers.length;
  }

  private int append(SparseVector vector, String column, float[] to, int at, boolean mends) {
    int end = at + vector.size();
    if (end > to.length) return end;
    Arrays.fill(to, at, end, 0);
    int[] places = vector.indices();
    for (int k = 0; k < places.length; k++) to[at + places[k]] = finite(vector.values()[k], column, places[k], mends);
    return end;
  }

  private float finite(Object cell, String column, int place, boolean mends) {
    float number = cell instanceof Number some
        ? some.floatValue()
        : cell instanceof Boolean yes ? yes ? 1 : 0 : Float.NaN;
    return Float.isFinite(number) ? number : mend(cell, column, place, mends);
  }

  private float mend(Object cell, String column, int place, boolean mends) {
    String name = place < 0 ? column : column + "[" + place + "]";
    SpecException found = cell == null
        ? missing(name)
        : new SpecException(
            "column \"" + name + "\" is " + cell + ", wanted a finite number; fix the cell or remove the row");
    if (!mends || !(bad instanceof BadRows.Impute impute)) throw found;
    if (mended == null) mended = found;
    return impute.value();
  }

  private void sparse(Row row, Cells cells) {
    String column = columns.features().get(0);
    if (row.isNullAt(features[0])) throw missing(column);
    SparseVector vector = row.<org.apache.spark.ml.linalg.Vector>getAs(features[0]).toSparse();
    if (vector.size() != header.shape().size()) throw wide(column, vector.size());
    cells.count = vector.values().length;
    cells.places = vector.indices();
    if (cells.values.length < cells.count) cells.values = Arrays.copyOf(cells.values, 2 * cells.count);
    for (int k = 0; k < cells.count; k++) cells.values[k] = finite(vector.values()[k], column, cells.places[k], true);
  }
}
