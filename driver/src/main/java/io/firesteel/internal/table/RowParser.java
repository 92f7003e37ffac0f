package io.firesteel.internal.table;

import io.firesteel.array.Shape;
import io.firesteel.loss.TargetKind;
import io.firesteel.row.BadRows;
import io.firesteel.row.FeatureKind;
import io.firesteel.row.Imputer;
import io.firesteel.row.InputScaler;
import io.firesteel.row.LabelEncoder;
import io.firesteel.row.RowBuffer;
import io.firesteel.row.RowSchema;
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

/** Parses the rows of a table into a {@link RowBuffer}. Not thread-safe. */
public final class RowParser implements Serializable {
    private static final long serialVersionUID = 1;

    private final ColumnRoles columns;
    private final RowSchema rowSchema;
    private final int classes;
    private final CellNumbers numbers;
    private final int[] features; // indices in the row
    private final int[] targets;
    private final int weight; // -1 for none
    private final int validation;
    private transient RowBuffer buffer; // used for predictions only
    private transient LabelEncoder labels;

    /** For a table with this schema; labels are 0..classes-1, or the class names of the row schema. */
    public RowParser(ColumnRoles columns, StructType schema, RowSchema rowSchema, int classes, BadRows bad) {
        this.columns = columns;
        this.rowSchema = rowSchema;
        this.classes = classes;
        this.numbers = new CellNumbers(new Imputer(bad));
        this.features = columns.features().stream().mapToInt(schema::fieldIndex).toArray();
        this.targets = columns.targets().stream().mapToInt(schema::fieldIndex).toArray();
        this.weight = columns.weight() == null ? -1 : schema.fieldIndex(columns.weight());
        this.validation = columns.validation() == null ? -1 : schema.fieldIndex(columns.validation());
    }

    /** Reads features only, for a model with this input shape. */
    public static RowParser features(List<String> names, StructType schema, Shape shape, BadRows bad) {
        DataType first = schema.apply(names.get(0)).dataType();
        boolean pixels = first.equals(DataTypes.BinaryType) || SparkImage.isImage(first);
        return new RowParser(
                new ColumnRoles(names, List.of(), null, null),
                schema,
                new RowSchema(shape, pixels ? FeatureKind.BYTES : FeatureKind.FLOATS, TargetKind.VALUES, 0),
                0,
                bad);
    }

    /** Normalizes the features of a row into row {@code to} of x [rows, width]; throws if the row cannot be used. */
    public void read(Row row, InputScaler normalizer, int to, float[] x) {
        if (buffer == null) buffer = new RowBuffer(rowSchema);
        read(row, buffer);
        normalizer.apply(buffer, to, x, rowSchema.shape().size());
    }

    /**
     * Copies a row to the buffer; throws if the row cannot be used. With {@code Impute}, bad features are replaced and
     * the first error is returned, so that it is counted; else null.
     */
    public SpecException read(Row row, RowBuffer buffer) {
        targets(row, buffer);
        if (weight >= 0) buffer.weight = weight(row);
        buffer.validation = validation >= 0 && !row.isNullAt(validation) && row.getBoolean(validation);
        numbers.imputer().begin();
        switch (rowSchema.features()) {
            case BYTES -> buffer.pixels = pixels(row);
            case FLOATS -> dense(row, buffer.values);
            case SPARSE -> sparse(row, buffer);
        }
        return numbers.imputer().first();
    }

    private void targets(Row row, RowBuffer buffer) {
        if (labels == null) labels = new LabelEncoder(rowSchema.classes(), classes);
        if (rowSchema.hasClasses() && targets.length == 1 && row.get(targets[0]) instanceof String name) {
            buffer.targets[0] = labels.of(name);
            return;
        }
        int read = 0;
        for (int i = 0; i < targets.length; i++)
            read = numbers.strictly(row, targets[i], columns.targets().get(i), buffer.targets, read);
        if (read != buffer.targets.length)
            throw new SpecException(read + " targets, wanted " + buffer.targets.length + "; fix the row");
        if (rowSchema.hasClasses()) buffer.targets[0] = labels.of(buffer.targets[0]);
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
        if (found == null) throw CellNumbers.missing(column);
        byte[] pixels = found instanceof byte[] bytes ? bytes : SparkImage.pixels((Row) found, rowSchema.shape());
        if (pixels.length != rowSchema.shape().size()) throw wide(column, pixels.length);
        return pixels;
    }

    private void dense(Row row, float[] x) {
        int read = 0;
        InternalRowView view = row instanceof InternalRowView here ? here : null;
        for (int i = 0; i < features.length; i++) {
            float number = view == null ? Float.NaN : view.number(features[i]);
            if (!Float.isFinite(number) || read >= x.length)
                read = numbers.append(row, features[i], columns.features().get(i), x, read);
            else x[read++] = number;
        }
        if (read != x.length) throw wide(String.join(", ", columns.features()), read);
    }

    private void sparse(Row row, RowBuffer buffer) {
        String column = columns.features().get(0);
        if (row.isNullAt(features[0])) throw CellNumbers.missing(column);
        SparseVector vector = row.<Vector>getAs(features[0]).toSparse();
        if (vector.size() != rowSchema.shape().size()) throw wide(column, vector.size());
        buffer.count = vector.values().length;
        buffer.indices = vector.indices();
        if (buffer.values.length < buffer.count) buffer.values = Arrays.copyOf(buffer.values, 2 * buffer.count);
        for (int k = 0; k < buffer.count; k++)
            buffer.values[k] = numbers.number(vector.values()[k], column, buffer.indices[k]);
    }

    private SpecException wide(String column, int found) {
        return new SpecException("column \"" + column + "\" has " + found + " numbers, wanted "
                + rowSchema.shape().size() + "; fix the row");
    }
}
