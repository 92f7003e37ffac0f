package io.firesteel.internal.block;

import io.firesteel.internal.kernel.SparseRows;
import io.firesteel.row.ChannelStats;
import io.firesteel.row.FeatureKind;
import io.firesteel.row.InputScaler;
import io.firesteel.row.RowBuffer;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** Features in a local file, row after row as {@link FeatureCodec} writes them; serialized as those bytes. */
final class SpilledFeatures extends PackedFeatures implements RawSerializable {
    private static final long serialVersionUID = 1;
    private static final int MOST = 1 << 30; // largest row length accepted from a header, in bytes

    private transient FeatureCodec codec;
    private transient SpillFile file;
    private transient long[] starts; // [rows]
    private transient int[] lengths; // [rows]
    private transient ThreadLocal<RowBuffer> read;

    /** For deserialization. */
    public SpilledFeatures() {
        super(0);
    }

    SpilledFeatures(FeatureCodec codec) {
        super(codec.width());
        open(codec);
    }

    private void open(FeatureCodec as) {
        codec = as;
        width = as.width();
        file = new SpillFile();
        starts = new long[16];
        lengths = new int[16];
        read = ThreadLocal.withInitial(as::buffer);
    }

    @Override
    void add(RowBuffer buffer) {
        byte[] bytes = codec.write(buffer);
        add(bytes, codec.length(buffer));
    }

    private void add(byte[] bytes, int length) {
        if (rows == starts.length) {
            starts = Arrays.copyOf(starts, capacity(starts.length, 1, rows + 1L));
            lengths = Arrays.copyOf(lengths, starts.length);
        }
        starts[rows] = file.append(bytes, length);
        lengths[rows++] = length;
    }

    @Override
    void get(int row, RowBuffer buffer) {
        codec.read(file, starts[row], lengths[row], buffer);
    }

    @Override
    void trim() {
        file.close();
    }

    @Override
    void copy(int row, InputScaler normalizer, int to, float[] x) {
        RowBuffer buffer = read.get();
        get(row, buffer);
        normalizer.apply(buffer, to, x, width);
    }

    @Override
    boolean isSparse() {
        return codec.kind() == FeatureKind.SPARSE;
    }

    @Override
    void copy(int row, InputScaler normalizer, SparseRows x) {
        RowBuffer buffer = read.get();
        get(row, buffer);
        normalizer.apply(buffer.indices, buffer.values, 0, buffer.count, x);
    }

    @Override
    void measure(int row, ChannelStats stats) {
        RowBuffer buffer = read.get();
        get(row, buffer);
        if (buffer.pixels != null) stats.add(buffer.pixels, 0, width);
        else if (buffer.indices == null) stats.add(buffer.values, 0, width);
        else stats.add(buffer.indices, buffer.values, 0, buffer.count);
    }

    private byte[] bytes(int row) {
        byte[] bytes = new byte[lengths[row]];
        file.read(starts[row], bytes, bytes.length);
        return bytes;
    }

    @Override
    public void write(DataOutput out) throws IOException {
        out.writeUTF(codec.kind().name());
        out.writeInt(width);
        out.writeInt(rows);
        for (int row = 0; row < rows; row++) {
            out.writeInt(lengths[row]);
            out.write(bytes(row));
        }
    }

    @Override
    public void read(DataInput in) throws IOException {
        open(new FeatureCodec(FeatureKind.valueOf(in.readUTF()), in.readInt()));
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
