package io.firesteel.train;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.internal.files.HadoopFiles;
import io.firesteel.internal.gradient.Batch;
import io.firesteel.internal.measure.NoiseScale;
import io.firesteel.internal.measure.PhaseTimes;
import io.firesteel.metric.Evaluation;
import io.firesteel.metric.Metrics;
import io.firesteel.metric.Sums;
import io.firesteel.spec.SpecException;
import io.firesteel.spec.Specs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * {@code metrics.jsonl}: one JSON object per line, for every tenth step, with the times of those ten, and for every
 * epoch.
 */
final class MetricsFile implements TrainingListener, AutoCloseable {
    private static final int EVERY = 10;

    private final JsonGenerator lines;
    private final Metrics metrics;
    private final PhaseTimes phases;
    private final NoiseScale noise;
    private Map<String, Double> before; // seconds when the last step was written

    /** Keeps the lines of steps up to {@code from}, where a run resumes. */
    MetricsFile(String path, long from, Metrics metrics, PhaseTimes phases, NoiseScale noise) throws IOException {
        String kept = from == 0 || !HadoopFiles.exists(path) ? "" : upTo(path, from);
        this.metrics = metrics;
        this.phases = phases;
        this.noise = noise;
        this.before = Map.copyOf(phases.seconds());
        OutputStream out = HadoopFiles.create(path);
        out.write(kept.getBytes(StandardCharsets.UTF_8));
        out.flush(); // the run may be killed before its first line
        this.lines = new ObjectMapper().createGenerator(out).setRootValueSeparator(null);
    }

    /** The whole lines of steps up to {@code step}; a kill may have torn the last one. */
    private static String upTo(String path, long step) throws IOException {
        StringBuilder kept = new StringBuilder();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(HadoopFiles.open(path), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine())
                if (Specs.parse(path, line).get("step").longValue() <= step)
                    kept.append(line).append('\n');
        } catch (SpecException torn) {
            // what was whole is kept
        }
        return kept.toString();
    }

    @Override
    public void step(Batch batch, Sums sums, double rate, double seconds) {
        if ((batch.step() + 1) % EVERY != 0) return;
        ObjectNode line = JsonNodeFactory.instance
                .objectNode()
                .put("step", batch.step() + 1)
                .put("epoch", batch.epoch() + 1)
                .put("rate", rate);
        put(line, "batch", Evaluation.of(metrics, sums));
        line.put("seconds", seconds);
        ledger(line.putObject("ledger"));
        noise(line, batch.step() + 1, false);
        write(line);
    }

    /** Seconds per step in each phase since the last line, and the tasks of the last step. */
    private void ledger(ObjectNode ledger) {
        phases.seconds().forEach((phase, seconds) -> {
            double more = seconds - before.getOrDefault(phase, 0.0);
            if (more > 0) ledger.put(phase, more / EVERY);
        });
        before = Map.copyOf(phases.seconds());
        phases.spread().writeLast(ledger.putObject("tasks"));
    }

    /**
     * The window that ends at {@code step} and reaches 15 % to either side of its middle; nothing where nothing is
     * measured.
     */
    private void noise(ObjectNode line, double step, boolean slices) {
        double from = step * (1 - NoiseScale.WINDOW) / (1 + NoiseScale.WINDOW);
        NoiseScale.NoiseEstimate found = noise.between(from, step);
        if (found.steps() == 0) return;
        ObjectNode node = line.putObject("noise");
        found.write(node);
        if (!slices) return;
        for (NoiseScale.SliceNoise slice : noise.slices(from, step))
            slice.estimate().write(node.withObject("/slices").putObject(slice.name()));
    }

    @Override
    public void epoch(int epoch, long step, Evaluation train, Evaluation validation, double rate, double seconds) {
        ObjectNode line = JsonNodeFactory.instance
                .objectNode()
                .put("step", step)
                .put("epoch", epoch + 1)
                .put("rate", rate);
        put(line, "train", train);
        if (validation != null) put(line, "val", validation);
        line.put("seconds", seconds).put("examplesPerSecond", train.rows() / seconds);
        noise(line, step, true);
        write(line);
    }

    private static void put(ObjectNode line, String split, Evaluation evaluation) {
        evaluation.named(split).forEach((name, value) -> line.set(name, Specs.number(value)));
    }

    private void write(ObjectNode line) {
        try {
            lines.writeTree(line);
            lines.writeRaw('\n');
            lines.flush(); // a run that is killed and resumed keeps its lines
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
