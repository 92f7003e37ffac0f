package io.firesteel.internal.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.firesteel.array.Shape;
import io.firesteel.layer.Dense;
import io.firesteel.layer.Sequential;
import io.firesteel.loss.SquaredError;
import io.firesteel.model.ModelSpec;
import io.firesteel.model.Normalization;
import io.firesteel.modelfile.SavedModel;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FullDiskTest {
    @TempDir
    Path folder;

    /** A disk on which there is no room for the file of one name, {@code full:/path}. */
    public static final class FullDisk extends RawLocalFileSystem {
        static String full;

        @Override
        public String getScheme() {
            return "full";
        }

        @Override
        public URI getUri() {
            return URI.create("full:///");
        }

        @Override
        public FSDataOutputStream create(
                org.apache.hadoop.fs.Path path,
                FsPermission permission,
                boolean overwrite,
                int buffer,
                short replication,
                long block,
                Progressable progress)
                throws IOException {
            return limited(path, super.create(path, permission, overwrite, buffer, replication, block, progress));
        }

        @Override
        public FSDataOutputStream create(
                org.apache.hadoop.fs.Path path,
                boolean overwrite,
                int buffer,
                short replication,
                long block,
                Progressable progress)
                throws IOException {
            return limited(path, super.create(path, overwrite, buffer, replication, block, progress));
        }

        private static FSDataOutputStream limited(org.apache.hadoop.fs.Path path, OutputStream file)
                throws IOException {
            return new FSDataOutputStream(
                    new OutputStream() {
                        @Override
                        public void write(int b) throws IOException {
                            if (path.getName().equals(full)) throw new IOException("No space left on device");
                            file.write(b);
                        }

                        @Override
                        public void close() throws IOException {
                            file.close();
                        }
                    },
                    null);
        }
    }

    @Test
    void aModelIsThereWholeOrAsItWas() throws IOException {
        ModelSpec model = new ModelSpec(
                new Shape(3), Normalization.NONE, new Sequential(List.of(new Dense(1))), new SquaredError(), 1);
        String out = "full:" + folder + "/model";
        FullDisk.full = "";
        new SavedModel(model, new float[] {1, 2, 3, 4}).save(out);
        for (String full : List.of("model.json", "weights.safetensors", "README.md")) {
            FullDisk.full = full;
            String message = assertThrows(
                            IOException.class, () -> new SavedModel(model, new float[] {5, 6, 7, 8}).save(out))
                    .getMessage();
            assertTrue(message.matches("full:.*: cannot be written \\(No space left on device\\); .*"), message);
            assertEquals(2, SavedModel.load(out).params()[1]);
            try (var files = Files.list(folder)) {
                assertEquals(List.of(folder.resolve("model")), files.toList());
            }
        }
    }

    @Test
    void whatCannotBePutInItsPlaceLeavesWhatWasThere() throws IOException {
        Files.writeString(folder.resolve("a"), "before");
        try (OutputFile written = new OutputFile(folder + "/a")) {
            assertThrows(IOException.class, written::complete); // nothing was written
        }
        assertEquals("before", Files.readString(folder.resolve("a")));
    }
}
