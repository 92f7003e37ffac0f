package io.firesteel.data;

import io.firesteel.kernel.SparseRows;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Features in a file of this machine, row after row as {@link RowBytes}. To another machine they travel as those bytes.
 */
final class OnDisk extends Features implements Bulk {
    private static final long serialVersionUID = 1;
    private static final int MOST = 1 << 30; // bytes of a row that a header may claim

    private transient RowBytes form;
    private transient DiskFile file;
    private transient long[] starts; // [rows]
    private transient int[] lengths; // [rows]
    private transient ThreadLocal<Cells> read;

    /** For deserialization. */
    public OnDisk() {
        super(0);
    }

    OnDisk(RowBytes form) {
        super(form.width());
        open(form);
    }

    private void open(RowBytes as) {
        form = as;
        width = as.width();
        file = new DiskFile();
        starts = new long[16];
        lengths = new int[16];
        read = ThreadLocal.withInitial(as::cells);
    }

    @Override
    void add(Cells cells) {
        byte[] bytes = form.write(cells);
        add(bytes, form.length(cells));
    }

    private void add(byte[] bytes, int length) {
        if (rows == starts.length) {
            starts = Arrays.copyOf(starts, grown(starts.length, 1, rows + 1L));
            lengths = Arrays.copyOf(lengths, starts.length);
        }
        starts[rows] = file.append(bytes, length);
        lengths[rows++] = length;
    }

    @Override
    void get(int row, Cells cells) {
        form.read(file, starts[row], lengths[row], cells);
    }

    @Override
    void trim() {
        file.close();
    }

    @Override
    void copy(int row, Scaling scaling, int to, float[] x) {
        Cells cells = read.get();
        get(row, cells);
        scaling.apply(cells, to, x, width);
    }

    @Override
    boolean isSparse() {
        return form.kind() == RowBytes.Kind.SPARSE;
    }

    @Override
    void copy(int row, Scaling scaling, SparseRows x) {
        Cells cells = read.get();
        get(row, cells);
        scaling.apply(cells.places, cells.values, 0, cells.count, x);
    }

    @Override
    void measure(int row, Moments moments) {
        Cells cells = read.get();
        get(row, cells);
        if (cells.pixels != null) moments.add(cells.pixels, 0, width);
        else if (cells.places == null) moments.add(cells.values, 0, width);
        else moments.add(cells.places, cells.values, 0, cells.count);
    }

    private byte[] bytes(int row) {
        byte[] bytes = new byte[lengths[row]];
        file.read(starts[row], bytes, bytes.length);
        return bytes;
    }

    @Override
    public void write(DataOutput out) throws IOException {
        out.writeUTF(form.kind().name());
        out.writeInt(width);
        out.writeInt(rows);
        for (int row = 0; row < rows; row++) {
            out.writeInt(lengths[row]);
            out.write(bytes(row));
        }
    }

    @Override
    public void read(DataInput in) throws IOException {
        open(new RowBytes(RowBytes.Kind.valueOf(in.readUTF()), in.readInt()));
        int count = in.readInt();
        for (int row = 0; row < count; row++) {
            int length = in.readInt();
            if (length < 0 || length > MOST) throw new IOException("a row of " + length + " bytes");
            byte[] bytes = new byte[length];
            in.readFully(bytes);
            add(bytes, length);
        }
        trim();
    }
}
