package io.firesteel.data;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.firesteel.spec.SpecException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a source has sent, each row as {@code [features]->[targets]}, and what reading it has met. */
record Reading(List<String> rows, Census census) {
    static Reading of(Source source, int classes) throws IOException {
        List<String> rows = new ArrayList<>();
        Census census = source.read(classes, (row, cells) -> rows.add(features(cells) + "->" + targets(cells.targets)));
        return new Reading(rows, census);
    }

    private static String features(Cells cells) {
        if (cells.pixels != null) return Arrays.toString(cells.pixels);
        if (cells.places == null) return Arrays.toString(cells.values);
        StringBuilder text = new StringBuilder();
        for (int k = 0; k < cells.count; k++)
            text.append(" ").append(cells.places[k]).append(":").append(cells.values[k]);
        return "[" + text.toString().strip() + "]";
    }

    private static String targets(float[] targets) {
        return targets.length == 1 && targets[0] == (int) targets[0] ? "" + (int) targets[0] : Arrays.toString(targets);
    }

    String counts() {
        return census.rows() + " kept, " + census.skipped() + " skipped, " + census.imputed() + " imputed";
    }

    /** The message with which a source is refused. */
    static String refusal(Source source, int classes) {
        return assertThrows(SpecException.class, () -> of(source, classes)).getMessage();
    }
}
