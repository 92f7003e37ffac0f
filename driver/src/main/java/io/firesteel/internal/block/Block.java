package io.firesteel.internal.block;

import io.firesteel.model.CompiledModel;
import io.firesteel.model.ModelSpec;
import io.firesteel.row.ChannelStats;
import io.firesteel.row.InputScaler;
import io.firesteel.row.RowBuffer;
import io.firesteel.row.RowSchema;
import java.io.Serializable;
import java.util.Arrays;

/** Packed rows: features, targets and, if there are any, weights. Written once by one thread, then read by any. */
public final class Block implements Serializable {
    private static final long serialVersionUID = 1;
    private static final int GROWTH = 2; // growing arrays are up to 1.5 times the size in use

    private PackedFeatures features;
    private final int targetWidth;
    private float[] targets = new float[0]; // [rows, targets]
    private float[] weights; // [rows], or null if every row has weight 1

    private transient FeatureCodec codec;
    private transient RowBuffer scratchRow; // the row being copied from another block
    private transient MemoryBudget budget; // null if memory is unlimited
    private transient long taken; // bytes taken from the budget

    /** An empty block in memory for rows of {@code schema}. */
    public Block(RowSchema schema) {
        this(schema, null);
    }

    /** An empty block whose features move to disk when the memory budget is spent. */
    public Block(RowSchema schema, MemoryBudget budget) {
        this(schema, empty(schema), budget);
    }

    private Block(RowSchema schema, PackedFeatures features, MemoryBudget budget) {
        this.features = features;
        this.budget = budget;
        targetWidth = schema.targets();
        codec = FeatureCodec.of(schema);
    }

    private static PackedFeatures empty(RowSchema schema) {
        int width = schema.shape().size();
        return switch (schema.features()) {
            case BYTES -> new ByteFeatures(width);
            case FLOATS -> new FloatFeatures(width);
            case SPARSE -> new SparseFeatures(width);
        };
    }

    /** An empty block of references to rows of other blocks; their features are not copied. */
    public static Block picked(RowSchema schema) {
        return new Block(schema, new FeatureView(schema), null);
    }

    public int rows() {
        return features.rows;
    }

    public boolean isOnDisk() {
        return features instanceof SpilledFeatures;
    }

    /** Appends a row; {@code weighted} if rows have weights. */
    public void add(RowBuffer buffer, boolean weighted) {
        addFeatures(buffer);
        addTargets(buffer.targets, 0);
        if (weighted) addWeight(buffer.weight);
    }

    /** Appends row {@code row} of another block, its weight times {@code scale}. */
    public void add(Block other, int row, float scale) {
        if (budget != null || !features.add(other.features, row)) addFeatures(row(other.features, row));
        addTargets(other.targets, row);
        if (other.weights != null) addWeight(scale * other.weights[row]);
    }

    /** Appends all rows of another block. */
    public void addAll(Block other) {
        for (int row = 0; row < other.rows(); row++) add(other, row, 1);
    }

    private void addFeatures(RowBuffer buffer) {
        makeRoom(buffer);
        features.add(buffer);
    }

    private void makeRoom(RowBuffer buffer) {
        if (budget == null) return;
        long wanted = (long) codec.length(buffer) * GROWTH;
        if (budget.take(wanted)) {
            taken += wanted;
            return;
        }
        PackedFeatures spilled = new SpilledFeatures(codec);
        RowBuffer each = codec.buffer();
        for (int row = 0; row < rows(); row++) {
            features.get(row, each);
            spilled.add(each);
        }
        features = spilled;
        budget.giveBack(taken);
        budget = null;
    }

    /** Row {@code row} of other features; valid until the next call. */
    private RowBuffer row(PackedFeatures from, int row) {
        if (scratchRow == null) scratchRow = codec.buffer();
        from.get(row, scratchRow);
        return scratchRow;
    }

    /** Copies the targets of row {@code row} of the other block to the last row here. */
    private void addTargets(float[] from, int row) {
        long end = rows() * (long) targetWidth;
        if (end > targets.length)
            targets = Arrays.copyOf(targets, PackedFeatures.capacity(targets.length, targetWidth, end));
        System.arraycopy(from, row * targetWidth, targets, (int) end - targetWidth, targetWidth);
    }

    private void addWeight(float weight) {
        if (weights == null) weights = new float[0];
        if (rows() > weights.length)
            weights = Arrays.copyOf(weights, PackedFeatures.capacity(weights.length, 1, rows()));
        weights[rows() - 1] = weight;
    }

    /** Shrinks the arrays to the size in use. */
    public void trim() {
        features.trim();
        targets = Arrays.copyOf(targets, rows() * targetWidth);
        if (weights != null) weights = Arrays.copyOf(weights, rows());
    }

    /** Normalizes row {@code row} into row {@code to} of x, and copies its targets to t. */
    public void copy(int row, InputScaler normalizer, int to, float[] x, float[] t) {
        features.copy(row, normalizer, to, x);
        System.arraycopy(targets, row * targetWidth, t, to * targetWidth, targetWidth);
    }

    /**
     * A compiled model that takes these rows as they are stored: sparse rows stay sparse if normalization and the first
     * layer allow it.
     */
    public CompiledModel program(ModelSpec model, int maxRows, InputScaler normalizer) {
        return new CompiledModel(
                model, maxRows, features.isSparse() && normalizer.keepsZeros() && CompiledModel.takesSparse(model));
    }

    /** Copies {@code count} rows, with their weights, to the first rows of a model made by {@link #program}. */
    public void copy(int[] chosen, int count, InputScaler normalizer, CompiledModel program) {
        if (program.sparse == null) features.copy(chosen, count, normalizer, program.x);
        else {
            program.sparse.clear();
            for (int r = 0; r < count; r++) features.copy(chosen[r], normalizer, program.sparse);
        }
        for (int r = 0; r < count; r++) {
            System.arraycopy(targets, chosen[r] * targetWidth, program.targets, r * targetWidth, targetWidth);
            program.weights[r] = weights == null ? 1 : weights[chosen[r]];
        }
    }

    /** The sum of all row weights. */
    public double weight() {
        if (weights == null) return rows();
        double sum = 0;
        for (int row = 0; row < rows(); row++) sum += weights[row];
        return sum;
    }

    /** Adds the features of row {@code row} to {@code stats}. */
    public void measure(int row, ChannelStats stats) {
        features.measure(row, stats);
    }
}
