package io.firesteel.data;

import io.firesteel.array.Shape;
import io.firesteel.spec.SpecException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
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
    private final Numbers numbers;
    private final int[] features; // places in the row
    private final int[] targets;
    private final int weight; // -1 for none
    private final int held;
    private transient Cells cells; // of predictions
    private transient Labels labels;

    /** Of a table with this schema; labels are 0..classes-1, or the header's names. */
    CellReader(Columns columns, StructType schema, Header header, int classes, BadRows bad) {
        this.columns = columns;
        this.header = header;
        this.classes = classes;
        this.numbers = new Numbers(new Mending(bad));
        this.features = columns.features().stream().mapToInt(schema::fieldIndex).toArray();
        this.targets = columns.targets().stream().mapToInt(schema::fieldIndex).toArray();
        this.weight = columns.weight() == null ? -1 : schema.fieldIndex(columns.weight());
        this.held = columns.held() == null ? -1 : schema.fieldIndex(columns.held());
    }

    /** Reads features alone, for a model that takes {@code shape}. */
    public static CellReader features(List<String> names, StructType schema, Shape shape, BadRows bad) {
        DataType first = schema.apply(names.get(0)).dataType();
        boolean pixels = first.equals(DataTypes.BinaryType) || ImageCell.isImage(first);
        return new CellReader(
                new Columns(names, List.of(), null, null), schema, new Header(shape, 0, false, pixels), 0, bad);
    }

    /**
     * Puts the features of a row, scaled, into row {@code to} of x [rows, width]; throws at a row that cannot be used.
     */
    public void read(Row row, Scaling scaling, int to, float[] x) {
        if (cells == null) cells = new Cells(header);
        read(row, cells);
        scaling.apply(cells, to, x, header.shape().size());
    }

    /**
     * Fills the cells from a row, or throws; with {@code Impute} bad features are replaced and the first is returned,
     * else null.
     */
    SpecException read(Row row, Cells cells) {
        targets(row, cells);
        if (weight >= 0) cells.weight = weight(row);
        cells.held = held >= 0 && !row.isNullAt(held) && row.getBoolean(held);
        numbers.mending().begin();
        if (header.pixels()) cells.pixels = pixels(row);
        else if (header.sparse()) sparse(row, cells);
        else dense(row, cells.values);
        return numbers.mending().first();
    }

    private void targets(Row row, Cells cells) {
        if (labels == null) labels = new Labels(header.classes(), classes);
        if (header.labels() && targets.length == 1 && row.get(targets[0]) instanceof String name) {
            cells.targets[0] = labels.of(name);
            return;
        }
        int read = 0;
        for (int i = 0; i < targets.length; i++)
            read = numbers.strictly(row, targets[i], columns.targets().get(i), cells.targets, read);
        if (read != cells.targets.length)
            throw new SpecException(read + " targets, wanted " + cells.targets.length + "; fix the row");
        if (header.labels()) cells.targets[0] = labels.of(cells.targets[0]);
    }

    private float weight(Row row) {
        float found = row.isNullAt(weight) ? Float.NaN : ((Number) row.get(weight)).floatValue();
        if (!(found >= 0) || !Float.isFinite(found))
            throw new SpecException(
                    "column \"" + columns.weight() + "\" is " + row.get(weight) + ", wanted a weight of 0 or more");
        return found;
    }

    private byte[] pixels(Row row) {
        String column = columns.features().get(0);
        Object found = row.get(features[0]);
        if (found == null) throw Numbers.missing(column);
        byte[] pixels = found instanceof byte[] bytes ? bytes : ImageCell.pixels((Row) found, header.shape());
        if (pixels.length != header.shape().size()) throw wide(column, pixels.length);
        return pixels;
    }

    private void dense(Row row, float[] x) {
        int read = 0;
        for (int i = 0; i < features.length; i++)
            read = numbers.append(row, features[i], columns.features().get(i), x, read);
        if (read != x.length) throw wide(String.join(", ", columns.features()), read);
    }

    private void sparse(Row row, Cells cells) {
        String column = columns.features().get(0);
        if (row.isNullAt(features[0])) throw Numbers.missing(column);
        SparseVector vector = row.<Vector>getAs(features[0]).toSparse();
        if (vector.size() != header.shape().size()) throw wide(column, vector.size());
        cells.count = vector.values().length;
        cells.places = vector.indices();
        if (cells.values.length < cells.count) cells.values = Arrays.copyOf(cells.values, 2 * cells.count);
        for (int k = 0; k < cells.count; k++)
            cells.values[k] = numbers.number(vector.values()[k], column, cells.places[k]);
    }

    private SpecException wide(String column, int found) {
        return new SpecException("column \"" + column + "\" has " + found + " numbers, wanted "
                + header.shape().size() + "; fix the row");
    }
}
