package io.firesteel.internal.table;

import io.firesteel.row.BadRows;
import io.firesteel.row.Imputer;
import io.firesteel.spec.SpecException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.util.ArrayData;

/** Reads the numbers of a table cell: of a number, a vector, or an array. Not thread-safe. */
final class CellNumbers implements Serializable {
    private static final long serialVersionUID = 1;

    private final Imputer imputer;
    private final Imputer strict = new Imputer(new BadRows.Fail());

    CellNumbers(Imputer imputer) {
        this.imputer = imputer;
    }

    Imputer imputer() {
        return imputer;
    }

    /**
     * Copies the numbers of a cell to {@code to[at]} and on; returns the end index, which may be beyond the array's.
     */
    int append(Row row, int index, String column, float[] to, int at) {
        return append(row, index, column, to, at, imputer);
    }

    /** The same without imputing. */
    int strictly(Row row, int index, String column, float[] to, int at) {
        return append(row, index, column, to, at, strict);
    }

    private static int append(Row row, int index, String column, float[] to, int at, Imputer imputer) {
        Object found = row.get(index);
        if (found instanceof DenseVector vector) return append(vector.values(), column, to, at, imputer);
        if (found instanceof ArrayData vector) // a dense vector of InternalRowView
        return append(vector, column, to, at, imputer);
        if (found instanceof SparseVector vector) return append(vector, column, to, at, imputer);
        if (found == null || found instanceof Number || found instanceof Boolean || found instanceof String) {
            if (at < to.length) to[at] = number(found, column, -1, imputer);
            return at + 1;
        }
        List<?> numbers = found instanceof List<?> list ? list : row.getList(index);
        for (int i = 0; i < numbers.size() && at + i < to.length; i++)
            to[at + i] = number(numbers.get(i), column, i, imputer);
        return at + numbers.size();
    }

    private static int append(double[] numbers, String column, float[] to, int at, Imputer imputer) {
        for (int i = 0; i < numbers.length && at + i < to.length; i++) {
            float number = (float) numbers[i];
            to[at + i] = Float.isFinite(number) ? number : number(numbers[i], column, i, imputer);
        }
        return at + numbers.length;
    }

    private static int append(ArrayData numbers, String column, float[] to, int at, Imputer imputer) {
        int count = numbers.numElements();
        for (int i = 0; i < count && at + i < to.length; i++) {
            float number = (float) numbers.getDouble(i);
            to[at + i] = Float.isFinite(number) ? number : number(numbers.getDouble(i), column, i, imputer);
        }
        return at + count;
    }

    private static int append(SparseVector vector, String column, float[] to, int at, Imputer imputer) {
        int end = at + vector.size();
        if (end > to.length) return end;
        Arrays.fill(to, at, end, 0);
        int[] indices = vector.indices();
        for (int k = 0; k < indices.length; k++)
            to[at + indices[k]] = number(vector.values()[k], column, indices[k], imputer);
        return end;
    }

    /** The number at {@code index} of a cell, imputed if it is not finite. */
    float number(double found, String column, int index) {
        float number = (float) found;
        return Float.isFinite(number) ? number : number(found, column, index, imputer);
    }

    private static float number(Object cell, String column, int index, Imputer imputer) {
        float number =
                cell instanceof Number some ? some.floatValue() : cell instanceof Boolean yes ? yes ? 1 : 0 : Float.NaN;
        if (Float.isFinite(number)) return number;
        String name = index < 0 ? column : column + "[" + index + "]";
        return imputer.impute(
                cell == null
                        ? missing(name)
                        : new SpecException("column \"" + name + "\" is " + cell
                                + ", wanted a finite number; fix the cell or remove the row"));
    }

    static SpecException missing(String column) {
        return new SpecException("column \"" + column + "\" is missing; fill the cell or remove the row");
    }
}
