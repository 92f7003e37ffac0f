package io.firesteel.source;

import io.firesteel.array.Shape;
import io.firesteel.internal.files.HadoopFiles;
import io.firesteel.internal.files.SizedFile;
import io.firesteel.loss.TargetKind;
import io.firesteel.row.BadRows;
import io.firesteel.row.FeatureKind;
import io.firesteel.row.LabelEncoder;
import io.firesteel.row.RowBuffer;
import io.firesteel.row.RowConsumer;
import io.firesteel.row.RowCounts;
import io.firesteel.row.RowSchema;
import io.firesteel.spec.Default;
import io.firesteel.spec.SpecException;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The format of MNIST (LeCun, Cortes and Burges): two zero bytes, type 0x08 for unsigned bytes, the number of sizes,
 * the sizes as big-endian integers, then the bytes. Images are [rows, height, width] or [rows, height, width,
 * channels], labels [rows]; either may be gzip. A row is bad if its label is out of range.
 *
 * @param images the file of images
 * @param labels the file of labels
 * @param bad what to do with rows that cannot be used
 */
public record Idx(
        String images, String labels, @Default("Fail") BadRows bad) implements FileSource {
    private static final int UNSIGNED_BYTE = 0x08;
    private static final int MAX_ROW = 1 << 26; // bytes of the largest image accepted

    public Idx {
        if (bad instanceof BadRows.Impute)
            throw new IllegalArgumentException("a label cannot be imputed; use Fail or Skip");
    }

    public Idx(String images, String labels) {
        this(images, labels, new BadRows.Fail());
    }

    @Override
    public List<String> paths() {
        return List.of(images, labels);
    }

    @Override
    public Idx under(String folder) {
        return new Idx(HadoopFiles.resolve(folder, images), HadoopFiles.resolve(folder, labels), bad);
    }

    @Override
    public RowSchema schema() throws IOException {
        try (DataInputStream in = new DataInputStream(HadoopFiles.open(images))) {
            return new RowSchema(shape(sizes(images, in, 2, 4)), FeatureKind.BYTES, TargetKind.CLASS, 1);
        }
    }

    /** The file of labels. */
    @Override
    public String path() {
        return labels;
    }

    /** The file of images; that of labels goes with it. */
    @Override
    public List<SizedFile> files() throws IOException {
        return List.of(HadoopFiles.file(images));
    }

    @Override
    public RowCounts read(List<FileRange> ranges, RowSchema schema, int classes, RowConsumer sink) throws IOException {
        RowCounts counts = new RowCounts(bad);
        for (FileRange range : ranges) read(range, schema, classes, sink, counts);
        return counts;
    }

    private void read(FileRange range, RowSchema schema, int classes, RowConsumer sink, RowCounts counts)
            throws IOException {
        try (DataInputStream x = new DataInputStream(HadoopFiles.open(images));
                DataInputStream t = new DataInputStream(HadoopFiles.open(labels))) {
            int[] sizes = sizes(images, x, 2, 4), count = sizes(labels, t, 1, 1);
            if (sizes[0] != count[0])
                throw new SpecException(labels + ": " + count[0] + " labels, but " + images + " has " + sizes[0]
                        + " images; use files that belong together");
            RowBuffer buffer = new RowBuffer(schema);
            LabelEncoder encoder = new LabelEncoder(List.of(), classes);
            int first = row(range.from(), sizes), end = row(range.to(), sizes);
            skip(images, x, (long) first * buffer.pixels.length);
            skip(labels, t, first);
            for (int row = first; row < end; row++) {
                fill(images, x, row, sizes[0], buffer.pixels);
                int label = label(t, row, sizes[0]);
                try {
                    buffer.targets[0] = encoder.of(label);
                } catch (SpecException e) {
                    counts.skip(new SpecException(labels + " row " + row + ": " + e.getMessage()));
                    continue;
                }
                sink.accept(counts.keep(), buffer);
            }
            if (end < sizes[0]) return;
            end(images, x, sizes[0]);
            end(labels, t, sizes[0]);
        }
    }

    /** The first row whose pixels begin at this byte of the file or after it. */
    private static int row(long at, int[] sizes) {
        long header = Integer.BYTES * (1L + sizes.length), pixels = shape(sizes).size();
        return at <= header ? 0 : (int) Math.min(sizes[0], (at - header - 1) / pixels + 1);
    }

    private int label(DataInputStream in, int row, int rows) throws IOException {
        int label = in.read();
        if (label < 0)
            throw new SpecException(labels + ": ends after " + row + " of " + rows + " labels; fetch the file again");
        return label;
    }

    private static void skip(String path, DataInputStream in, long bytes) throws IOException {
        try {
            in.skipNBytes(bytes);
        } catch (EOFException e) {
            throw new SpecException(path + ": ends before its header says; fetch the file again", e);
        }
    }

    private static void fill(String path, DataInputStream in, int row, int rows, byte[] pixels) throws IOException {
        try {
            in.readFully(pixels);
        } catch (EOFException e) {
            throw new SpecException(path + ": ends within image " + row + " of " + rows + "; fetch the file again", e);
        }
    }

    private static void end(String path, DataInputStream in, int rows) throws IOException {
        if (in.read() >= 0)
            throw new SpecException(path + ": has bytes after its " + rows + " rows; fetch the file again");
    }

    private static int[] sizes(String path, DataInputStream in, int fewest, int most) throws IOException {
        try {
            int magic = in.readInt(), rank = magic & 0xff;
            if (magic >>> 8 != UNSIGNED_BYTE || rank < fewest || rank > most)
                throw new SpecException(String.format(
                        Locale.ROOT,
                        "%s: magic number 0x%08x, wanted 0x%08x%s (IDX of unsigned bytes); is this the right file?",
                        path,
                        magic,
                        UNSIGNED_BYTE << 8 | fewest,
                        most > fewest ? String.format(Locale.ROOT, " to 0x%08x", UNSIGNED_BYTE << 8 | most) : ""));
            int[] sizes = new int[rank];
            long row = 1;
            for (int i = 0; i < rank; i++) {
                sizes[i] = in.readInt();
                if (i > 0) row *= Math.max(1, sizes[i]);
                if (sizes[i] < 0 || i > 0 && (sizes[i] == 0 || row > MAX_ROW))
                    throw new SpecException(path + ": sizes " + Arrays.toString(sizes)
                            + " in the header; a row holds 1 to " + MAX_ROW + " bytes");
            }
            if (sizes[0] == 0) throw new SpecException(path + ": zero rows; training needs at least one");
            return sizes;
        } catch (EOFException e) {
            throw new SpecException(path + ": ends within the header; fetch the file again", e);
        }
    }

    /** [height, width] becomes [height x width x 1]; [n] stays a vector. */
    private static Shape shape(int[] sizes) {
        return switch (sizes.length) {
            case 2 -> new Shape(sizes[1]);
            case 3 -> new Shape(sizes[1], sizes[2], 1);
            default -> new Shape(sizes[1], sizes[2], sizes[3]);
        };
    }
}
