package io.firesteel.internal.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.firesteel.spec.SpecException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HadoopFilesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "t_10:00.csv",
                "a[1].csv",
                "{a,b}.csv",
                "a b.csv",
                "100%.csv",
                "#1.csv",
                "a%20b.csv",
                "q?.csv",
                "*.csv"
            })
    void aFileMayBeCalledAnything(String name) throws IOException {
        String path = folder + "/d/" + name;
        for (String each : List.of(path, folder + "/d/neighbour:1.csv")) SavedText.write(each);
        assertEquals("text", HadoopFiles.text(path));
        assertEquals(List.of(new SizedFile(path, 4)), HadoopFiles.files(path));
        assertEquals(2, HadoopFiles.files(folder + "/d").size());
        assertEquals(2, HadoopFiles.files(folder + "/d/*.csv").size() + (name.equals("*.csv") ? 1 : 0));
        assertEquals(path, HadoopFiles.resolve(folder + "/d", name));
        HadoopFiles.move(path, folder + "/e:1");
        HadoopFiles.delete(folder + "/e:1");
        assertEquals(List.of("neighbour:1.csv"), HadoopFiles.list(folder + "/d"));
    }

    private static final class SavedText {
        static void write(String path) throws IOException {
            try (var out = HadoopFiles.create(path)) {
                out.write("text".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
        }
    }

    @Test
    void aRelativeNameWithAColonIsNoFileSystem() {
        assertEquals(Path.of("t_10:00.csv").toAbsolutePath().toString(), HadoopFiles.resolve("", "t_10:00.csv"));
    }

    @Test
    void whatIsNoFileIsRefused() throws IOException {
        Files.writeString(folder.resolve("_hidden.csv"), "");
        refused("", "an empty path");
        refused("C:\\data\\x.csv", "no such file");
        refused(folder + "/none", "no such file");
        refused(folder.toString(), "hidden");
        refused(folder + "/_hidden.csv", "hidden");
    }

    private static void refused(String path, String message) {
        String found =
                assertThrows(SpecException.class, () -> HadoopFiles.files(path)).getMessage();
        assertTrue(found.contains(message), found);
    }

    @Test
    void textMayBeginWithAByteOrderMark() throws IOException {
        Files.writeString(folder.resolve("t"), "\ufeff{}");
        assertEquals("{}", HadoopFiles.text(folder + "/t"));
    }
}
