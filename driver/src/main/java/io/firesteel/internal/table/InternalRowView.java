package io.firesteel.internal.table;

import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.Function1;

/**
 * A view of Spark's internal row, without copying it: a dense vector is the {@code ArrayData} of its numbers, and all
 * other values are those of an ordinary row. One object serves all rows of a partition.
 */
public final class InternalRowView implements Row {
    private static final long serialVersionUID = 1;
    private static final int FIELDS = 4, VALUES = 3; // of a vector as SQL stores it: type, size, indices, values
    private static final byte DENSE = 1;

    private final transient DataType[] types;
    private final transient boolean[] vectors;
    private final transient Function1<Object, Object>[] converters;
    private transient InternalRow row;

    @SuppressWarnings("unchecked")
    public InternalRowView(StructType schema, boolean sparse) {
        int columns = schema.size();
        types = IntStream.range(0, columns)
                .mapToObj(i -> schema.apply(i).dataType())
                .toArray(DataType[]::new);
        converters = (Function1<Object, Object>[]) new Function1<?, ?>[columns];
        vectors = new boolean[columns];
        for (int i = 0; i < columns; i++) {
            converters[i] = CatalystTypeConverters.createToScalaConverter(types[i]);
            vectors[i] = !sparse && types[i].equals(SQLDataTypes.VectorType());
        }
    }

    public InternalRowView at(InternalRow row) {
        this.row = row;
        return this;
    }

    /** The number in a column of numbers, without an object for it; NaN where it is missing, or in other columns. */
    float number(int i) {
        if (row.isNullAt(i)) return Float.NaN;
        DataType type = types[i]; // compared by reference: each of these types is one object
        if (type == DataTypes.FloatType) return row.getFloat(i);
        if (type == DataTypes.DoubleType) return (float) row.getDouble(i);
        if (type == DataTypes.IntegerType) return row.getInt(i);
        if (type == DataTypes.LongType) return row.getLong(i);
        return Float.NaN;
    }

    @Override
    public int length() {
        return types.length;
    }

    @Override
    public Object get(int i) {
        if (row.isNullAt(i)) return null;
        if (vectors[i]) {
            InternalRow vector = row.getStruct(i, FIELDS);
            if (vector.getByte(0) == DENSE) return vector.getArray(VALUES);
        }
        return converters[i].apply(row.get(i, types[i]));
    }

    @Override
    public Row copy() {
        throw new UnsupportedOperationException("read in place");
    }
}
