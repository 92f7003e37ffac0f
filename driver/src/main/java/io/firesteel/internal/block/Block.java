package io.firesteel.internal.block;

import io.firesteel.model.CompiledModel;
import io.firesteel.model.ModelSpec;
import io.firesteel.row.ChannelStats;
import io.firesteel.row.Normalizer;
import io.firesteel.row.RowBuffer;
import io.firesteel.row.RowSchema;
import java.io.Serializable;
import java.util.Arrays;

/** Packed rows: features, targets and, where rows have them, weights. Written once, then read by any thread. */
public final class Block implements Serializable {
    private static final long serialVersionUID = 1;
    private static final int GROWTH = 2; // arrays that grow are up to half as long again as their rows

    private PackedFeatures features;
    private final int targetWidth;
    private float[] targets = new float[0]; // [rows, targets]
    private float[] weights; // [rows], or null where every row weighs 1

    private transient FeatureCodec form;
    private transient RowBuffer passing; // a row on its way from another block
    private transient MemoryBudget budget; // null where there is no end to it
    private transient long taken; // bytes of the room

    /** An empty block in memory for rows that look like {@code schema}. */
    public Block(RowSchema schema) {
        this(schema, null);
    }

    /** An empty block whose features go to disk where they find no room. */
    public Block(RowSchema schema, MemoryBudget budget) {
        this(schema, empty(schema), budget);
    }

    private Block(RowSchema schema, PackedFeatures features, MemoryBudget budget) {
        this.features = features;
        this.budget = budget;
        targetWidth = schema.targets();
        form = FeatureCodec.of(schema);
    }

    private static PackedFeatures empty(RowSchema schema) {
        int width = schema.shape().size();
        return switch (schema.features()) {
            case BYTES -> new ByteFeatures(width);
            case FLOATS -> new FloatFeatures(width);
            case SPARSE -> new SparseFeatures(width);
        };
    }

    /** An empty block that takes rows from other blocks and copies none of their features. */
    public static Block picked(RowSchema schema) {
        return new Block(schema, new FeatureView(schema), null);
    }

    public int rows() {
        return features.rows;
    }

    public boolean isOnDisk() {
        return features instanceof SpilledFeatures;
    }

    /** Appends a row; {@code weighted} where rows have weights. */
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
        long wanted = (long) form.length(buffer) * GROWTH;
        if (budget.take(wanted)) {
            taken += wanted;
            return;
        }
        PackedFeatures spilled = new SpilledFeatures(form);
        RowBuffer each = form.buffer();
        for (int row = 0; row < rows(); row++) {
            features.get(row, each);
            spilled.add(each);
        }
        features = spilled;
        budget.giveBack(taken);
        budget = null;
    }

    /** A row of other features, until the next call. */
    private RowBuffer row(PackedFeatures from, int row) {
        if (passing == null) passing = form.buffer();
        from.get(row, passing);
        return passing;
    }

    /** The last row has the targets of row {@code row} there. */
    private void addTargets(float[] from, int row) {
        long end = rows() * (long) targetWidth;
        if (end > targets.length)
            targets = Arrays.copyOf(targets, PackedFeatures.grown(targets.length, targetWidth, end));
        System.arraycopy(from, row * targetWidth, targets, (int) end - targetWidth, targetWidth);
    }

    private void addWeight(float weight) {
        if (weights == null) weights = new float[0];
        if (rows() > weights.length) weights = Arrays.copyOf(weights, PackedFeatures.grown(weights.length, 1, rows()));
        weights[rows() - 1] = weight;
    }

    /** Gives back what growing took in advance. */
    public void trim() {
        features.trim();
        targets = Arrays.copyOf(targets, rows() * targetWidth);
        if (weights != null) weights = Arrays.copyOf(weights, rows());
    }

    /** Copies row {@code row} to row {@code to} of x, scaled, and of t. */
    public void copy(int row, Normalizer normalizer, int to, float[] x, float[] t) {
        features.copy(row, normalizer, to, x);
        System.arraycopy(targets, row * targetWidth, t, to * targetWidth, targetWidth);
    }

    /**
     * A program that takes these rows as they lie: their zeros are left out where scaling and the first layer allow it.
     */
    public CompiledModel program(ModelSpec model, int maxRows, Normalizer normalizer) {
        return new CompiledModel(
                model, maxRows, features.isSparse() && normalizer.keepsZeros() && CompiledModel.takesSparse(model));
    }

    /** Copies {@code count} of its rows, with their weights, to the first rows of a program of {@link #program}. */
    public void copy(int[] chosen, int count, Normalizer normalizer, CompiledModel program) {
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

    /** The sum of the weights of all rows. */
    public double weight() {
        if (weights == null) return rows();
        double sum = 0;
        for (int row = 0; row < rows(); row++) sum += weights[row];
        return sum;
    }

    /** Takes the features of row {@code row} into {@code stats}. */
    public void measure(int row, ChannelStats stats) {
        features.measure(row, stats);
    }
}
