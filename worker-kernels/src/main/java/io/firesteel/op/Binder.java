package io.firesteel.op;

import io.firesteel.array.Init;
import io.firesteel.array.ParamLayout;
import io.firesteel.array.ParamSlice;
import io.firesteel.array.Shape;
import io.firesteel.internal.kernel.ScratchAllocator;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/** Hands out slices of the parameter vector and scratch memory while layers are bound, and counts both. */
public final class Binder implements ScratchAllocator {
    private static final int PAGE = 4096;

    private final int maxRows;
    private final String path;
    private final Ledger ledger;

    /** What all binders of one model share. */
    private static final class Ledger {
        final List<ParamSlice> params = new ArrayList<>();
        int size;
        int streams;
        long scratchBytes;
    }

    /**
     * A binder for passes of at most {@code maxRows} rows; 0 declares parameters and takes no memory that grows with
     * rows.
     */
    public Binder(int maxRows) {
        this(maxRows, "", new Ledger());
    }

    private Binder(int maxRows, String path, Ledger ledger) {
        this.maxRows = maxRows;
        this.path = path;
        this.ledger = ledger;
    }

    /** A binder for a layer inside, whose names start with {@code name/}. */
    public Binder inside(String name) {
        return new Binder(maxRows, path + name + "/", ledger);
    }

    public int maxRows() {
        return maxRows;
    }

    /** The next slice of the parameter vector. */
    public ParamSlice param(String name, Shape shape, ParamSlice.Role role, Init init, int fanIn, int fanOut) {
        ParamSlice param = new ParamSlice(path + name, ledger.size, shape, role, init, fanIn, fanOut);
        if (shape.size() > Integer.MAX_VALUE - ledger.size)
            throw new IllegalArgumentException("up to " + param.name() + " the model has more than 2^31-1 parameters");
        ledger.size += shape.size();
        ledger.params.add(param);
        return param;
    }

    /** A number for each layer that draws random numbers, so that no two draw the same. */
    public int randomStream() {
        return ledger.streams++;
    }

    @Override
    public float[] floats(int count) {
        ledger.scratchBytes += 4L * count;
        return new float[count];
    }

    @Override
    public FloatBuffer nativeFloats(int count) {
        int bytes = Math.addExact(Math.multiplyExact(4, count), 2 * PAGE) / PAGE * PAGE; // a page for the slice
        ledger.scratchBytes += bytes;
        return ByteBuffer.allocateDirect(bytes)
                .alignedSlice(PAGE)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    /** Floats for {@code perRow} numbers in every row of the largest pass. */
    public float[] rows(int perRow) {
        return floats(count(perRow));
    }

    @Override
    public int[] ints(int count) {
        ledger.scratchBytes += 4L * count;
        return new int[count];
    }

    private int count(int perRow) {
        long count = (long) maxRows * perRow;
        if (count > Integer.MAX_VALUE)
            throw new IllegalArgumentException(maxRows + " rows of " + perRow
                    + " numbers are more than an array holds; take fewer rows at a time");
        return (int) count;
    }

    /** All slices declared so far. */
    public ParamLayout layout() {
        return new ParamLayout(ledger.params);
    }

    /** Bytes of scratch handed out so far. */
    public long scratchBytes() {
        return ledger.scratchBytes;
    }
}
