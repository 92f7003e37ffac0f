package io.firesteel.ml;

import io.firesteel.internal.table.RowParser;
import io.firesteel.model.CompiledModel;
import io.firesteel.model.ModelSpec;
import io.firesteel.row.BadRows;
import io.firesteel.row.InputScaler;
import io.firesteel.spec.SpecException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Predicts the rows of a table's partitions, a batch at a time, and appends the outputs as columns.
 *
 * @param reader the input schema with the feature columns
 * @param columns the columns to append, in order
 * @param thresholds as in Spark ML: predict the class of the largest probability / threshold; null for none
 */
record OutputColumns(
        ModelSpec model,
        Broadcast<float[]> params,
        RowParser reader,
        BadRows bad,
        List<Kind> columns,
        double[] thresholds)
        implements MapPartitionsFunction<Row, Row> {
    private static final int ROWS = 64; // per pass

    /** The contents of a column. */
    enum Kind {
        RAW,
        PROBABILITY,
        PREDICTION,
        VALUE,
        VALUES
    }

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        return new Batches(rows);
    }

    private final class Batches implements Iterator<Row> {
        private final Iterator<Row> rows;
        private final CompiledModel program = new CompiledModel(model, ROWS);
        private final InputScaler normalizer = new InputScaler(model);
        private final ArrayDeque<Row> ready = new ArrayDeque<>(ROWS);

        Batches(Iterator<Row> rows) {
            this.rows = rows;
        }

        @Override
        public boolean hasNext() {
            while (ready.isEmpty() && rows.hasNext()) fill();
            return !ready.isEmpty();
        }

        @Override
        public Row next() {
            return hasNext() ? ready.poll() : rows.next();
        }

        private void fill() {
            Row[] batch = new Row[ROWS];
            int count = 0;
            while (count < ROWS && rows.hasNext()) {
                batch[count] = rows.next();
                try {
                    reader.read(batch[count], normalizer, count, program.x);
                    count++;
                } catch (SpecException e) {
                    if (!(bad instanceof BadRows.Skip)) throw e;
                }
            }
            if (count == 0) return;
            int n = model.outputs();
            float[] y = program.scores(params.value(), count);
            float[] raw = columns.contains(Kind.RAW) ? Arrays.copyOf(y, count * n) : null;
            model.loss().predict(count, n, y);
            for (int r = 0; r < count; r++) ready.add(appended(batch[r], raw, y, r * n, n));
        }
    }

    private Row appended(Row row, float[] raw, float[] y, int at, int n) {
        Object[] cells = new Object[row.size() + columns.size()];
        for (int i = 0; i < row.size(); i++) cells[i] = row.get(i);
        for (int i = 0; i < columns.size(); i++)
            cells[row.size() + i] = switch (columns.get(i)) {
                case RAW -> vector(raw, at, n);
                case PROBABILITY, VALUES -> vector(y, at, n);
                case PREDICTION -> (double) label(y, at, n);
                case VALUE -> (double) y[at];
            };
        return RowFactory.create(cells);
    }

    static DenseVector vector(float[] y, int at, int n) {
        double[] values = new double[n];
        for (int j = 0; j < n; j++) values[j] = y[at + j];
        return (DenseVector) Vectors.dense(values);
    }

    private int label(float[] p, int at, int n) {
        int best = 0;
        double most = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < n; j++) {
            double scaled = thresholds == null
                    ? p[at + j]
                    : p[at + j] / thresholds[j]; // a threshold of 0 wins, unless p is 0 too
            if (scaled > most) {
                most = scaled;
                best = j;
            }
        }
        return best;
    }
}
