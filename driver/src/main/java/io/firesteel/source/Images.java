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
import java.io.IOException;
import java.util.List;

/**
 * Images in folders, one folder per class: PNG, JPEG, GIF and BMP as {@code javax.imageio} reads them, as bytes of grey
 * or of red, green and blue; transparency is ignored. A row is bad if its file is not an image, has another size, or is
 * in no class's folder.
 *
 * @param path the folder that holds the class folders, which may have subfolders
 * @param shape shape of every image, height x width x 1 or 3; null for that of the first image
 * @param classes the folder names, class 0 first; empty if they are 0, 1, 2, ...; null for the folders found, in
 *     alphabetical order
 * @param bad what to do with files that cannot be used
 */
public record Images(
        String path,
        @Default("null") Shape shape,
        @Default("null") List<String> classes,
        @Default("Fail") BadRows bad) implements FileSource {

    public Images {
        if (shape != null && (shape.rank() != 3 || shape.dim(2) != 1 && shape.dim(2) != 3))
            throw new IllegalArgumentException("shape is height x width x 1 or 3, as in 32x32x3, got " + shape);
        if (bad instanceof BadRows.Impute)
            throw new IllegalArgumentException("an image cannot be imputed; use Fail or Skip");
        LabelEncoder.check(classes);
    }

    @Override
    public List<String> paths() {
        return List.of(path);
    }

    @Override
    public Images under(String folder) {
        return new Images(HadoopFiles.resolve(folder, path), shape, classes, bad);
    }

    @Override
    public Images like(Shape other, List<String> names) {
        return new Images(path, shape == null ? other : shape, classes == null ? names : classes, bad);
    }

    @Override
    public RowSchema schema() throws IOException {
        List<SizedFile> files = found();
        List<String> names = classes != null
                ? classes
                : files.stream()
                        .map(file -> folder(file.path()))
                        .filter(name -> name != null)
                        .distinct()
                        .sorted()
                        .toList();
        return new RowSchema(shape != null ? shape : first(files), FeatureKind.BYTES, TargetKind.CLASS, 1).named(names);
    }

    private List<SizedFile> found() throws IOException {
        List<SizedFile> files = HadoopFiles.tree(path);
        if (files.isEmpty()) throw new SpecException(path + ": zero rows; wanted a folder of images for every class");
        return files;
    }

    /** The name of the class folder that a file is in; null if it is in none. */
    private static String folder(String file) {
        int end = file.indexOf('/');
        return end < 0 ? null : file.substring(0, end);
    }

    private String classOf(String file) {
        String folder = folder(file);
        if (folder == null)
            throw new SpecException(whole(file) + ": is in no class's folder; move it to one, or remove it");
        return folder;
    }

    private String whole(String file) {
        return path + "/" + file;
    }

    private Shape first(List<SizedFile> files) throws IOException {
        RowCounts counts = new RowCounts(bad);
        for (SizedFile file : files) {
            try {
                classOf(file.path());
                return DecodedImage.read(whole(file.path())).shape();
            } catch (SpecException e) {
                counts.skip(e);
            }
        }
        throw new SpecException(path + ": no image in it can be read; " + String.join("; ", counts.first()));
    }

    @Override
    public List<SizedFile> files() throws IOException {
        return found().stream()
                .map(file -> new SizedFile(whole(file.path()), file.bytes()))
                .toList();
    }

    @Override
    public boolean cuts() {
        return false;
    }

    @Override
    public RowCounts read(List<FileRange> ranges, RowSchema schema, int limit, RowConsumer sink) throws IOException {
        LabelEncoder labels = new LabelEncoder(schema.classes(), limit);
        return RowReader.read(ranges, schema, bad, range -> new ImageRow(range.path(), schema.shape(), labels), sink);
    }

    /** The one row of a file. */
    private final class ImageRow implements RowReader {
        private final String file;
        private final Shape wanted;
        private final LabelEncoder labels;
        private boolean read;

        ImageRow(String file, Shape wanted, LabelEncoder labels) {
            this.file = file;
            this.wanted = wanted;
            this.labels = labels;
        }

        @Override
        public boolean next() {
            boolean first = !read;
            read = true;
            return first;
        }

        @Override
        public SpecException fill(RowBuffer buffer) {
            String name = classOf(file.substring(path.length() + 1));
            try {
                buffer.targets[0] = labels.of(name);
            } catch (SpecException e) {
                throw new SpecException(file + ": " + e.getMessage());
            }
            DecodedImage.read(file, wanted).copy(buffer.pixels);
            return null;
        }

        @Override
        public void close() {}
    }
}
