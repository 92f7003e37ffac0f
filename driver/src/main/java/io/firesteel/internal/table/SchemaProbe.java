package io.firesteel.internal.table;

import io.firesteel.array.Shape;
import io.firesteel.loss.TargetKind;
import io.firesteel.row.ClassLearner;
import io.firesteel.row.FeatureKind;
import io.firesteel.row.RowSchema;
import io.firesteel.spec.SpecException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The first rows of a table, a sample used to infer the row schema; they have the feature and target columns only. */
public record SchemaProbe(ColumnRoles columns, StructType schema, List<Row> rows) {
    public static final int LOOKED_AT = 16;
    private static final int OFTEN_ZERO = 3; // stored as sparse if at most a third of the values are non-zero

    /**
     * Infers the row schema of a table: from the types of its columns if each holds one number, else from its first
     * rows, for which Spark may read much of a file.
     *
     * @param labels whether the targets are class labels
     * @param shape the shape of the features; null for a vector, or for the size of the images
     */
    public static RowSchema schema(ColumnRoles columns, Dataset<Row> table, boolean labels, Shape shape) {
        columns.checkFeatures(table.schema());
        Dataset<Row> selected = ColumnRoles.select(table, columns.seen());
        boolean numbers = IntStream.range(0, selected.columns().length)
                .allMatch(i -> isNumber(columns, selected.schema(), labels, i));
        List<Row> first = numbers ? List.of() : selected.limit(LOOKED_AT).collectAsList();
        if (!numbers && first.isEmpty())
            throw new SpecException("columns " + columns.seen() + ": zero rows; training needs at least one");
        return new SchemaProbe(columns, selected.schema(), first)
                .rowSchema(labels, shape)
                .with(columns.named(table.schema()));
    }

    /** Whether a cell of column {@code i} is one number, or a class label. */
    private static boolean isNumber(ColumnRoles columns, StructType schema, boolean labels, int i) {
        return labels && i >= columns.features().size()
                || ColumnRoles.isNumber(schema.apply(i).dataType());
    }

    /** The names in a label column; none if labels are numbers. */
    public static List<String> classes(Dataset<Row> table, String label) {
        if (!ColumnRoles.type(table.schema(), label).equals(DataTypes.StringType)) return List.of();
        ClassLearner learner = new ClassLearner();
        List<Row> labels = ColumnRoles.select(table, List.of(label))
                .distinct()
                .limit(ClassLearner.MOST + 1)
                .collectAsList();
        for (String name : labels.stream()
                .map(row -> row.getString(0))
                .filter(Objects::nonNull)
                .sorted()
                .toList()) if (!learner.see(name)) break;
        return learner.classes();
    }

    /** The row schema inferred from these rows. */
    public RowSchema rowSchema(boolean labels, Shape shape) {
        List<String> features = columns.features(), seen = columns.seen();
        int width = 0, targetWidth = 0;
        for (int i = 0; i < seen.size(); i++) {
            int numbers = isNumber(columns, schema, labels, i) ? 1 : width(i, seen);
            if (i < features.size()) width += numbers;
            else targetWidth += numbers;
        }
        Object cell = rows.stream()
                .map(row -> row.get(0))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        boolean image = cell instanceof Row, pixels = image || cell instanceof byte[];
        Shape found = image ? SparkImage.shape((Row) cell) : new Shape(width);
        if (shape != null && shape.size() != width)
            throw new SpecException(
                    "columns " + features + ": " + width + " numbers per row, the model takes [" + shape + "]");
        return new RowSchema(
                shape == null ? found : shape,
                pixels ? FeatureKind.BYTES : isSparse() ? FeatureKind.SPARSE : FeatureKind.FLOATS,
                labels ? TargetKind.CLASS : TargetKind.VALUES,
                targetWidth);
    }

    private boolean isSparse() {
        long numbers = 0, size = 0, sparse = 0;
        for (Row row : rows) {
            if (columns.features().size() > 1 || !(row.get(0) instanceof Vector vector)) continue;
            numbers += vector.numNonzeros();
            size += vector.size();
            sparse += vector instanceof SparseVector ? 1 : 0;
        }
        return sparse > 0 && OFTEN_ZERO * numbers < size;
    }

    /** How many numbers a cell of column {@code i} has in most rows. */
    private int width(int i, List<String> names) {
        Map<Integer, Integer> found = new LinkedHashMap<>(); // width -> how many rows
        for (Row row : rows) if (!row.isNullAt(i)) found.merge(width(row, i), 1, Integer::sum);
        return found.entrySet().stream()
                .reduce((one, other) -> other.getValue() > one.getValue() ? other : one)
                .map(Map.Entry::getKey)
                .orElseThrow(() -> new SpecException("columns " + names + ": the table has no rows, or the first "
                        + LOOKED_AT + " have gaps in \"" + names.get(i) + "\""));
    }

    private static int width(Row row, int i) {
        Object value = row.get(i);
        if (value instanceof Vector vector) return vector.size();
        if (value instanceof byte[] bytes) return bytes.length;
        if (value instanceof Row image) return SparkImage.shape(image).size();
        if (value instanceof Number || value instanceof Boolean) return 1;
        return value instanceof List<?> list ? list.size() : row.getList(i).size();
    }
}
