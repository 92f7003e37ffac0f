package io.firesteel.source;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.Type;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The records of a Parquet file as Spark rows, without a Spark session. */
final class ParquetRecords {
    private static final List<String> VECTOR = List.of("type", "size", "indices", "values"); // of ml.linalg

    private final GroupType type;
    private final StructType schema;

    ParquetRecords(GroupType type) {
        this.type = type;
        this.schema = struct(type);
    }

    StructType schema() {
        return schema;
    }

    Row row(Group group) {
        return struct(group, type);
    }

    private static StructType struct(GroupType group) {
        StructType struct = new StructType();
        for (Type field : group.getFields()) struct = struct.add(field.getName(), type(field));
        return struct;
    }

    private static DataType type(Type field) {
        LogicalTypeAnnotation meant = field.getLogicalTypeAnnotation();
        if (!field.isPrimitive()) {
            if (meant instanceof ListLogicalTypeAnnotation) return DataTypes.createArrayType(type(element(field)));
            return isVector(field) ? SQLDataTypes.VectorType() : struct(field.asGroupType());
        }
        if (meant instanceof DecimalLogicalTypeAnnotation) return DataTypes.DoubleType;
        boolean plain = meant == null || meant instanceof IntLogicalTypeAnnotation;
        return switch (field.asPrimitiveType().getPrimitiveTypeName()) {
            case BOOLEAN -> DataTypes.BooleanType;
            case FLOAT, DOUBLE -> DataTypes.DoubleType;
            case INT32, INT64 -> plain ? DataTypes.LongType : DataTypes.TimestampType;
            case INT96 -> DataTypes.TimestampType;
            case BINARY, FIXED_LEN_BYTE_ARRAY -> plain ? DataTypes.BinaryType : DataTypes.StringType;
        };
    }

    private static boolean isVector(Type field) {
        return field.asGroupType().getFields().stream()
                .map(Type::getName)
                .toList()
                .equals(VECTOR);
    }

    /**
     * The element type of a list: a group of one repeated field that is the element, or a group with one field that is.
     */
    private static Type element(Type list) {
        Type repeated = list.asGroupType().getType(0);
        boolean wrapped = !repeated.isPrimitive() && repeated.asGroupType().getFieldCount() == 1;
        return wrapped ? repeated.asGroupType().getType(0) : repeated;
    }

    private static Row struct(Group group, GroupType type) {
        Object[] cells = new Object[type.getFieldCount()];
        for (int i = 0; i < cells.length; i++)
            cells[i] = group.getFieldRepetitionCount(i) == 0 ? null : cell(group, i, 0, type.getType(i));
        return RowFactory.create(cells);
    }

    private static Object cell(Group group, int field, int index, Type type) {
        if (type.isPrimitive()) return primitive(group, field, index, type);
        Group inner = group.getGroup(field, index);
        if (type.getLogicalTypeAnnotation() instanceof ListLogicalTypeAnnotation) return list(inner, type);
        Row struct = struct(inner, type.asGroupType());
        return isVector(type) ? vector(struct) : struct;
    }

    @SuppressWarnings("ReferenceEquality") // the element is the repeated field itself, or within it
    private static List<Object> list(Group list, Type type) {
        Type repeated = type.asGroupType().getType(0), element = element(type);
        int size = list.getFieldRepetitionCount(0);
        List<Object> cells = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            if (repeated == element) cells.add(cell(list, 0, i, element));
            else {
                Group each = list.getGroup(0, i);
                cells.add(each.getFieldRepetitionCount(0) == 0 ? null : cell(each, 0, 0, element));
            }
        }
        return cells;
    }

    private static Object primitive(Group group, int field, int index, Type type) {
        if (type.getLogicalTypeAnnotation() instanceof DecimalLogicalTypeAnnotation decimal)
            return new BigDecimal(unscaled(group, field, index, type), decimal.getScale());
        return switch (type.asPrimitiveType().getPrimitiveTypeName()) {
            case BOOLEAN -> group.getBoolean(field, index);
            case INT32 -> group.getInteger(field, index);
            case INT64 -> group.getLong(field, index);
            case FLOAT -> group.getFloat(field, index);
            case DOUBLE -> group.getDouble(field, index);
            default ->
                type.getLogicalTypeAnnotation() == null
                        ? group.getBinary(field, index).getBytes()
                        : group.getString(field, index);
        };
    }

    private static BigInteger unscaled(Group group, int field, int index, Type type) {
        return switch (type.asPrimitiveType().getPrimitiveTypeName()) {
            case INT32 -> BigInteger.valueOf(group.getInteger(field, index));
            case INT64 -> BigInteger.valueOf(group.getLong(field, index));
            default -> new BigInteger(group.getBinary(field, index).getBytes());
        };
    }

    /** Type 0 is sparse, 1 dense, as Spark writes them. */
    private static Object vector(Row struct) {
        double[] values = struct.<List<Double>>getAs(3).stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
        if (((Number) struct.get(0)).intValue() == 1) return Vectors.dense(values);
        int[] indices = struct.<List<Integer>>getAs(2).stream()
                .mapToInt(Integer::intValue)
                .toArray();
        return Vectors.sparse(struct.getInt(1), indices, values);
    }
}
