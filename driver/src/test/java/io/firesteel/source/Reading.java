package io.firesteel.source;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.firesteel.row.RowBuffer;
import io.firesteel.row.RowCounts;
import io.firesteel.spec.SpecException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a source has sent, each row as {@code [features]->[targets]}, and what reading it has met. */
record Reading(List<String> rows, RowCounts counts) {
    static Reading of(Source source, int classes) throws IOException {
        List<String> rows = new ArrayList<>();
        RowCounts counts = source.read(classes, (row, buffer) -> rows.add(row(buffer)));
        return new Reading(rows, counts);
    }

    static String row(RowBuffer buffer) {
        return features(buffer) + "->" + targets(buffer.targets);
    }

    private static String features(RowBuffer buffer) {
        if (buffer.pixels != null) return Arrays.toString(buffer.pixels);
        if (buffer.indices == null) return Arrays.toString(buffer.values);
        StringBuilder text = new StringBuilder();
        for (int k = 0; k < buffer.count; k++)
            text.append(" ").append(buffer.indices[k]).append(":").append(buffer.values[k]);
        return "[" + text.toString().strip() + "]";
    }

    private static String targets(float[] targets) {
        return targets.length == 1 && targets[0] == (int) targets[0] ? "" + (int) targets[0] : Arrays.toString(targets);
    }

    String summary() {
        return counts.rows() + " kept, " + counts.skipped() + " skipped, " + counts.imputed() + " imputed";
    }

    /** The message with which a source is refused. */
    static String refusal(Source source, int classes) {
        return assertThrows(SpecException.class, () -> of(source, classes)).getMessage();
    }
}
