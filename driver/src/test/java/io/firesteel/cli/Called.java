package io.firesteel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a command line said and how it ended; it ran in this process, on a local Spark. */
record Called(int code, String out, String err) {

    static Called firesteel(String... arguments) {
        PrintStream out = System.out, err = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream(), complained = new ByteArrayOutputStream();
        System.setProperty("spark.master", "local[2]");
        System.setProperty("spark.ui.enabled", "false");
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
        try {
            int code = Firesteel.run(arguments);
            return new Called(
                    code, printed.toString(StandardCharsets.UTF_8), complained.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
            System.clearProperty("spark.master");
            System.clearProperty("spark.ui.enabled");
        }
    }

    Called done() {
        assertEquals(0, code, err);
        return this;
    }

    /** It was refused, or failed, in one line with this in it. */
    void ended(int wanted, String message) {
        List<String> lines =
                err.lines().filter(line -> line.startsWith("firesteel: ")).toList();
        assertEquals(wanted, code, err);
        assertEquals(1, lines.size(), err);
        assertTrue(lines.get(0).contains(message), lines.get(0));
    }
}
