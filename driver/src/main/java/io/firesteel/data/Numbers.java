package io.firesteel.data;

import io.firesteel.spec.SpecException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.util.ArrayData;

/** Takes the numbers out of cells of a table: of a number, a vector, or an array. One thread's. */
final class Numbers implements Serializable {
    private static final long serialVersionUID = 1;

    private final Mending mending;
    private final Mending refusing = new Mending(new BadRows.Fail());

    Numbers(Mending mending) {
        this.mending = mending;
    }

    Mending mending() {
        return mending;
    }

    /** Puts the numbers of a cell at {@code to[at]}; returns one past the last, which may lie outside. */
    int append(Row row, int index, String column, float[] to, int at) {
        return append(row, index, column, to, at, mending);
    }

    /** The same where none is replaced. */
    int strictly(Row row, int index, String column, float[] to, int at) {
        return append(row, index, column, to, at, refusing);
    }

    private static int append(Row row, int index, String column, float[] to, int at, Mending mending) {
        Object found = row.get(index);
        if (found instanceof DenseVector vector) return append(vector.values(), column, to, at, mending);
        if (found instanceof ArrayData vector) // a dense one, as TableRow has it
        return append(vector, column, to, at, mending);
        if (found instanceof SparseVector vector) return append(vector, column, to, at, mending);
        if (found == null || found instanceof Number || found instanceof Boolean || found instanceof String) {
            if (at < to.length) to[at] = number(found, column, -1, mending);
            return at + 1;
        }
        List<?> numbers = found instanceof List<?> list ? list : row.getList(index);
        for (int i = 0; i < numbers.size() && at + i < to.length; i++)
            to[at + i] = number(numbers.get(i), column, i, mending);
        return at + numbers.size();
    }

    private static int append(double[] numbers, String column, float[] to, int at, Mending mending) {
        for (int i = 0; i < numbers.length && at + i < to.length; i++) {
            float number = (float) numbers[i];
            to[at + i] = Float.isFinite(number) ? number : number(numbers[i], column, i, mending);
        }
        return at + numbers.length;
    }

    private static int append(ArrayData numbers, String column, float[] to, int at, Mending mending) {
        int count = numbers.numElements();
        for (int i = 0; i < count && at + i < to.length; i++) {
            float number = (float) numbers.getDouble(i);
            to[at + i] = Float.isFinite(number) ? number : number(numbers.getDouble(i), column, i, mending);
        }
        return at + count;
    }

    private static int append(SparseVector vector, String column, float[] to, int at, Mending mending) {
        int end = at + vector.size();
        if (end > to.length) return end;
        Arrays.fill(to, at, end, 0);
        int[] places = vector.indices();
        for (int k = 0; k < places.length; k++)
            to[at + places[k]] = number(vector.values()[k], column, places[k], mending);
        return end;
    }

    /** The number in place {@code place} of a cell, or what comes in its place. */
    float number(double found, String column, int place) {
        float number = (float) found;
        return Float.isFinite(number) ? number : number(found, column, place, mending);
    }

    private static float number(Object cell, String column, int place, Mending mending) {
        float number =
                cell instanceof Number some ? some.floatValue() : cell instanceof Boolean yes ? yes ? 1 : 0 : Float.NaN;
        if (Float.isFinite(number)) return number;
        String name = place < 0 ? column : column + "[" + place + "]";
        return mending.mend(
                cell == null
                        ? missing(name)
                        : new SpecException("column \"" + name + "\" is " + cell
                                + ", wanted a finite number; fix the cell or remove the row"));
    }

    static SpecException missing(String column) {
        return new SpecException("column \"" + column + "\" is missing; fill the cell or remove the row");
    }
}
