package io.firesteel.internal.table;

import io.firesteel.model.ModelColumns;
import io.firesteel.spec.SpecException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;

/**
 * The roles of a table's columns: features, targets, weight, validation. Features are columns of numbers, arrays of
 * numbers and {@code ml.linalg} vectors, concatenated; or one column of bytes, or of images as Spark's image source
 * reads them.
 *
 * @param features the feature columns, in the order in which the model takes them
 * @param targets the column of class labels, or the columns of numbers to predict
 * @param weight the column of row weights; null if every row has weight 1
 * @param validation the column that is true in validation rows; null if there is none
 */
public record ColumnRoles(List<String> features, List<String> targets, String weight, String validation)
        implements Serializable {

    public ColumnRoles {
        if (features.isEmpty()) throw new SpecException("columns: no feature column is named");
        features = List.copyOf(features);
        targets = List.copyOf(targets);
    }

    /** Throws {@link SpecException} unless the columns exist and have supported types. */
    public void check(StructType schema) {
        check(schema, false);
    }

    /**
     * The same.
     *
     * @param named whether targets may be names of classes
     */
    public void check(StructType schema, boolean named) {
        checkFeatures(schema);
        for (String name : targets)
            if (!isNumbers(type(schema, name)) && !(named && type(schema, name).equals(DataTypes.StringType)))
                throw new SpecException(
                        "column \"" + name + "\" is " + type(schema, name).catalogString()
                                + ", wanted numbers; index strings first, as StringIndexer does");
        if (weight != null && !(type(schema, weight) instanceof NumericType))
            throw new SpecException(
                    "column \"" + weight + "\" is " + type(schema, weight).catalogString() + ", wanted a number");
        if (validation != null && !type(schema, validation).equals(DataTypes.BooleanType))
            throw new SpecException("column \"" + validation + "\" is "
                    + type(schema, validation).catalogString() + ", wanted true or false");
    }

    public void checkFeatures(StructType schema) {
        for (String name : features) {
            DataType type = type(schema, name);
            boolean alone = features.size() == 1 && (type.equals(DataTypes.BinaryType) || SparkImage.isImage(type));
            if (!alone && !isNumbers(type))
                throw new SpecException("column \"" + name + "\" is " + type.catalogString()
                        + ", wanted numbers, an array or a vector of numbers"
                        + (features.size() == 1 ? ", bytes or an image" : ""));
        }
    }

    private static boolean isNumbers(DataType type) {
        return isNumber(type)
                || type.equals(SQLDataTypes.VectorType())
                || type instanceof ArrayType array && array.elementType() instanceof NumericType;
    }

    static boolean isNumber(DataType type) {
        return type instanceof NumericType || type.equals(DataTypes.BooleanType);
    }

    static DataType type(StructType schema, String name) {
        ModelColumns.check("", List.of(name), Arrays.asList(schema.fieldNames()));
        return schema.apply(name).dataType();
    }

    /** Features and targets with their types in a table of this schema. */
    public ModelColumns named(StructType schema) {
        return new ModelColumns(named(schema, features), named(schema, targets));
    }

    private static List<ModelColumns.NamedColumn> named(StructType schema, List<String> names) {
        return names.stream()
                .map(name ->
                        new ModelColumns.NamedColumn(name, type(schema, name).catalogString()))
                .toList();
    }

    /** Features and targets. */
    public List<String> seen() {
        List<String> seen = new ArrayList<>(features);
        seen.addAll(targets);
        return seen;
    }

    /** The columns that training needs: features, targets, weight, validation. */
    public Dataset<Row> select(Dataset<Row> table) {
        return select(table, names());
    }

    /** The names of {@link #select}. */
    public List<String> names() {
        List<String> names = new ArrayList<>(features);
        names.addAll(targets);
        if (weight != null) names.add(weight);
        if (validation != null) names.add(validation);
        return names;
    }

    /** Names are used literally, including dots. */
    static Dataset<Row> select(Dataset<Row> table, List<String> names) {
        return select(table, names, List.of());
    }

    /** The same, and more columns behind them. */
    static Dataset<Row> select(Dataset<Row> table, List<String> names, List<Column> more) {
        List<Column> all = new ArrayList<>();
        for (String name : names) all.add(functions.col("`" + name.replace("`", "``") + "`"));
        all.addAll(more);
        return table.select(all.toArray(new Column[0]));
    }
}
