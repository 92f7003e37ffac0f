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
import java.io.IOException;
import java.util.List;

/**
 * The binary format of CIFAR-10 and CIFAR-100 (Krizhevsky 2009): labels of a byte each, then 32x32 red bytes, 32x32
 * green ones and 32x32 blue ones. A row is bad if its label is out of range.
 *
 * @param path a file, a folder or a pattern such as {@code data_batch_*.bin}; plain or gzip; files are read in name
 *     order
 * @param classes 10 for CIFAR-10; for CIFAR-100 100, the fine labels, or 20, the coarse ones
 * @param bad what to do with rows that cannot be used
 */
public record Cifar(
        String path,
        @Default("10") int classes,
        @Default("Fail") BadRows bad) implements FileSource {
    private static final int TEN = 10, FINE = 100, COARSE = 20;
    private static final int PLANE = 32 * 32, COLOURS = 3;
    private static final RowSchema SCHEMA =
            new RowSchema(new Shape(32, 32, COLOURS), FeatureKind.BYTES, TargetKind.CLASS, 1);

    public Cifar {
        if (classes != TEN && classes != FINE && classes != COARSE)
            throw new IllegalArgumentException("classes is 10, or 100 or 20 for CIFAR-100, got " + classes);
        if (bad instanceof BadRows.Impute)
            throw new IllegalArgumentException("a label cannot be imputed; use Fail or Skip");
    }

    @Override
    public List<String> paths() {
        return List.of(path);
    }

    @Override
    public Cifar under(String folder) {
        return new Cifar(HadoopFiles.resolve(folder, path), classes, bad);
    }

    @Override
    public RowSchema schema() {
        return SCHEMA;
    }

    @Override
    public List<SizedFile> files() throws IOException {
        return HadoopFiles.files(path);
    }

    @Override
    public RowCounts read(List<FileRange> ranges, RowSchema schema, int limit, RowConsumer sink) throws IOException {
        LabelEncoder labels = new LabelEncoder(List.of(), Math.min(classes, limit));
        return RowReader.read(ranges, schema, bad, range -> new CifarReader(range, labels), sink);
    }

    private final class CifarReader implements RowReader {
        private final String file;
        private final LabelEncoder labels;
        private final DataInputStream in;
        private final byte[] row = new byte[(classes == TEN ? 1 : 2) + COLOURS * PLANE];
        private final long to;
        private long number;

        CifarReader(FileRange range, LabelEncoder labels) throws IOException {
            this.file = range.path();
            this.to = range.to();
            this.labels = labels;
            this.number = (range.from() + row.length - 1) / row.length - 1;
            this.in = new DataInputStream(HadoopFiles.open(file, (number + 1) * row.length));
        }

        @Override
        public boolean next() throws IOException {
            if (++number >= to / row.length + (to % row.length == 0 ? 0 : 1)) return false;
            int read = in.readNBytes(row, 0, row.length);
            if (read > 0 && read < row.length)
                throw new SpecException(file + " row " + number + ": ends after " + read + " of " + row.length
                        + " bytes; fetch the file again, or set \"classes\" to 10, 20 or 100 to match the file");
            return read > 0;
        }

        @Override
        public SpecException fill(RowBuffer buffer) {
            try {
                buffer.targets[0] = labels.of(row[classes == FINE ? 1 : 0] & 0xff);
            } catch (SpecException e) {
                throw new SpecException(file + " row " + number + ": " + e.getMessage());
            }
            int from = row.length - COLOURS * PLANE;
            for (int i = 0; i < PLANE; i++)
                for (int c = 0; c < COLOURS; c++) buffer.pixels[COLOURS * i + c] = row[from + c * PLANE + i];
            return null;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
