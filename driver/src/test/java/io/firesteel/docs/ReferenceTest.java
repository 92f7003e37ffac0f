package io.firesteel.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.firesteel.studies.Study;
import io.firesteel.train.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The references of the run file and the study file say what the code says. */
class ReferenceTest {
    private static final String BEGIN = "<!-- By docs/write.sh from the javadoc; do not edit. -->\n\n";

    @Test
    void theReferenceOfTheRunFileIsThatOfTheCode() throws IOException {
        check("run-file.md", Run.class);
    }

    @Test
    void theReferenceOfTheStudyFileIsThatOfTheCode() throws IOException {
        check("study-file.md", Study.class);
    }

    private static void check(String name, Class<?> root) throws IOException {
        Path file = Path.of("../docs", name);
        String text = Files.readString(file), reference = SpecReference.of(root).stripTrailing() + "\n";
        String written = text.substring(0, text.indexOf(BEGIN) + BEGIN.length()) + reference;
        if (Boolean.getBoolean("docs.write")) Files.writeString(file, written);
        else assertEquals(written, text, "docs/" + name + " is out of date; run docs/write.sh");
    }
}
