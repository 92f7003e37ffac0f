package io.firesteel.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.firesteel.internal.measure.PhaseTimes;
import io.firesteel.metric.Metrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsFileTest {
    @Test
    void aResumedRunThatIsKilledBeforeItsFirstLineKeepsThoseOfTheRunBefore(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("metrics.jsonl");
        Files.writeString(file, "{\"step\":10}\n{\"step\":20}\n{\"step\":30}\n");
        MetricsFile metrics = new MetricsFile(file.toString(), 20, new Metrics(List.of(), 1), new PhaseTimes(), null);
        assertEquals("{\"step\":10}\n{\"step\":20}\n", Files.readString(file));
        metrics.close();
    }
}
