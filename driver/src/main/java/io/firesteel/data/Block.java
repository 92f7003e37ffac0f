package io.firesteel.data;

import io.firesteel.model.Model;
import io.firesteel.model.Program;
import java.io.Serializable;
import java.util.Arrays;

/** Packed rows: features, targets and, where rows have them, weights. Written once, then read by any thread. */
public final class Block implements Serializable {
    private static final long serialVersionUID = 1;
    private static final int GROWTH = 2; // arrays that grow are up to half as long again as their rows

    private Features features;
    private final int targets;
    private float[] goals = new float[0]; // [rows, targets]
    private float[] weights; // [rows], or null where every row weighs 1

    private transient RowBytes form;
    private transient Cells passing; // a row on its way from another block
    private transient Room room; // null where there is no end to it
    private transient long taken; // bytes of the room

    /** An empty block in memory for rows that look like {@code header}. */
    public Block(Header header) {
        this(header, null);
    }

    /** An empty block whose features go to disk where they find no room. */
    Block(Header header, Room room) {
        this(header, Features.of(header), room);
    }

    private Block(Header header, Features features, Room room) {
        this.features = features;
        this.room = room;
        targets = header.targets();
        form = RowBytes.of(header);
    }

    /** An empty block that takes rows from other blocks and copies none of their features. */
    static Block picked(Header header) {
        return new Block(header, new Picked(header), null);
    }

    public int rows() {
        return features.rows;
    }

    boolean isOnDisk() {
        return features instanceof OnDisk;
    }

    /** Appends a row; {@code weighted} where rows have weights. */
    void add(Cells cells, boolean weighted) {
        addFeatures(cells);
        addTargets(cells.targets, 0);
        if (weighted) addWeight(cells.weight);
    }

    /** Appends row {@code row} of another block, its weight times {@code scale}. */
    void add(Block other, int row, float scale) {
        if (room != null || !features.add(other.features, row)) addFeatures(row(other.features, row));
        addTargets(other.goals, row);
        if (other.weights != null) addWeight(scale * other.weights[row]);
    }

    /** Appends all rows of another block. */
    void addAll(Block other) {
        for (int row = 0; row < other.rows(); row++) add(other, row, 1);
    }

    private void addFeatures(Cells cells) {
        makeRoom(cells);
        features.add(cells);
    }

    private void makeRoom(Cells cells) {
        if (room == null) return;
        long wanted = (long) form.length(cells) * GROWTH;
        if (room.take(wanted)) {
            taken += wanted;
            return;
        }
        Features spilled = new OnDisk(form);
        Cells each = form.cells();
        for (int row = 0; row < rows(); row++) {
            features.get(row, each);
            spilled.add(each);
        }
        features = spilled;
        room.giveBack(taken);
        room = null;
    }

    /** A row of other features, until the next call. */
    private Cells row(Features from, int row) {
        if (passing == null) passing = form.cells();
        from.get(row, passing);
        return passing;
    }

    /** The last row has the targets of row {@code row} there. */
    private void addTargets(float[] from, int row) {
        long end = rows() * (long) targets;
        if (end > goals.length) goals = Arrays.copyOf(goals, Features.grown(goals.length, targets, end));
        System.arraycopy(from, row * targets, goals, (int) end - targets, targets);
    }

    private void addWeight(float weight) {
        if (weights == null) weights = new float[0];
        if (rows() > weights.length) weights = Arrays.copyOf(weights, Features.grown(weights.length, 1, rows()));
        weights[rows() - 1] = weight;
    }

    /** Gives back what growing took in advance. */
    void trim() {
        features.trim();
        goals = Arrays.copyOf(goals, rows() * targets);
        if (weights != null) weights = Arrays.copyOf(weights, rows());
    }

    /** Copies row {@code row} to row {@code to} of x, scaled, and of t. */
    public void copy(int row, Scaling scaling, int to, float[] x, float[] t) {
        features.copy(row, scaling, to, x);
        System.arraycopy(goals, row * targets, t, to * targets, targets);
    }

    /**
     * A program that takes these rows as they lie: their zeros are left out where scaling and the first layer allow it.
     */
    public Program program(Model model, int maxRows, Scaling scaling) {
        return new Program(model, maxRows, features.isSparse() && scaling.keepsZeros() && Program.takesSparse(model));
    }

    /** Copies {@code count} of its rows, with their weights, to the first rows of a program of {@link #program}. */
    public void copy(int[] chosen, int count, Scaling scaling, Program program) {
        if (program.sparse == null) features.copy(chosen, count, scaling, program.x);
        else {
            program.sparse.clear();
            for (int r = 0; r < count; r++) features.copy(chosen[r], scaling, program.sparse);
        }
        for (int r = 0; r < count; r++) {
            System.arraycopy(goals, chosen[r] * targets, program.targets, r * targets, targets);
            program.weights[r] = weights == null ? 1 : weights[chosen[r]];
        }
    }

    /** The sum of the weights of all rows. */
    double weight() {
        if (weights == null) return rows();
        double sum = 0;
        for (int row = 0; row < rows(); row++) sum += weights[row];
        return sum;
    }

    /** Takes the features of row {@code row} into {@code moments}. */
    void measure(int row, Moments moments) {
        features.measure(row, moments);
    }
}
