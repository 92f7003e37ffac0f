package io.firesteel.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.internal.cluster.ProcessCheck;
import io.firesteel.internal.files.FolderLock;
import io.firesteel.internal.files.HadoopFiles;
import io.firesteel.metric.Evaluation;
import io.firesteel.schedule.Schedule;
import io.firesteel.spec.SpecException;
import io.firesteel.spec.Specs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Saves and restores the checkpoints of a run. A copy of the state is taken between two steps and written in the
 * background; a checkpoint is complete or, as its checksums show, not there at all.
 */
final class Checkpoints implements AutoCloseable {
    private static final String PREFIX = "step-";
    private static final List<String> ADDED = List.of("rows", "validation", "metrics"); // after version 0.1

    private final String folder;
    private final Run.CheckpointPolicy policy;
    private final FolderLock lock;
    private final ObjectNode identity; // what must be equal for the bits to go on
    private final ExecutorService writer = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "firesteel-checkpoints");
        thread.setDaemon(true);
        return thread;
    });
    private Future<?> pending;
    private long last = System.nanoTime();

    Checkpoints(String folder, Run.CheckpointPolicy policy, ObjectNode identity, FolderLock lock) {
        this.lock = lock;
        this.folder = folder;
        this.policy = policy;
        this.identity = identity;
    }

    /** Called between steps; saves when the run's policy says so. {@code validation} may be null. */
    void after(TrainingState state, boolean epochEnds, long epoch, Evaluation validation) {
        boolean due = policy.steps() > 0 && state.step % policy.steps() == 0;
        due |= policy.epochs() > 0 && epochEnds && epoch % policy.epochs() == 0;
        due |= policy.minutes() > 0 && System.nanoTime() - last > policy.minutes() * 60e9;
        if (!due) return;
        last = System.nanoTime();
        await();
        try {
            lock.check();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Checkpoint copy = Checkpoint.of(state, identity, validation == null ? Double.NaN : validation.loss());
        pending = writer.submit(() -> {
            copy.write(path(copy.step()));
            prune();
            return null;
        });
    }

    /** Restores {@code state} from the newest intact checkpoint and reports corrupt ones; false when there is none. */
    boolean restore(TrainingState state, Consumer<String> tell) throws IOException {
        for (String name : HadoopFiles.list(folder)) // what was being written when the run was killed
        if (name.matches(PREFIX + "\\d+\\.part")) HadoopFiles.delete(folder + "/" + name);
        for (long step : steps()) {
            String path = path(step);
            try {
                JsonNode found = Checkpoint.read(path, state);
                same(path, found.get("identity"), tell);
                tell.accept("resumed from " + path);
                return true;
            } catch (CorruptCheckpointException e) {
                tell.accept(e.getMessage() + "; going back to the one before it");
            }
        }
        tell.accept("no whole checkpoint in " + folder + "; starting at step 0");
        return false;
    }

    /** Throws at the first setting that differs. */
    private void same(String path, JsonNode found, Consumer<String> tell) {
        for (var setting : identity.properties()) {
            String key = setting.getKey();
            JsonNode was = known(key, found.get(key));
            if (was == null && ADDED.contains(key)) {
                if (key.equals("rows"))
                    tell.accept(path + " is of version 0.1: whether the rows are the same is unknown");
            } else if (!isSame(key, was, setting.getValue()))
                throw other(path, key, String.valueOf(was), setting.getValue().toString());
        }
        for (var setting : found.properties())
            if (!identity.has(setting.getKey()) && !setting.getKey().equals("kernels")) // with --allow-mixed
            throw other(path, setting.getKey(), setting.getValue().toString(), "not set");
    }

    private static boolean isSame(String key, JsonNode was, JsonNode is) {
        return is.toString().equals(String.valueOf(was))
                || key.equals("kernels") && was != null && ProcessCheck.sameKind(was.asText(), is.asText());
    }

    private static SpecException other(String path, String key, String was, String is) {
        if (key.equals("rows"))
            return new SpecException(
                    path + " was made with other training rows, of checksum " + was + ", those of today " + "have " + is
                            + "; resume with the rows as they were, or give another --out");
        return new SpecException(path + " was made by another run: " + key + " was " + was + ", is " + is
                + (key.equals("kernels")
                        ? "; resume on such a machine, or pass --allow-mixed"
                        : "; resume with its own run file, or give another --out"));
    }

    /** A schedule as it is written today, whatever its keys were called when the checkpoint was written. */
    private static JsonNode known(String key, JsonNode was) {
        return was != null && key.equals("schedule") ? Specs.write(Specs.read(key, was, Schedule.class)) : was;
    }

    /** Keeps the newest ones, and the one with the lowest validation loss where the policy says so. */
    private void prune() throws IOException {
        List<Long> steps = steps();
        long best = -1;
        double lowest = Double.POSITIVE_INFINITY;
        for (long step : policy.best() ? steps : List.<Long>of()) {
            double loss = Checkpoint.validationLoss(path(step));
            if (loss < lowest) {
                lowest = loss;
                best = step;
            }
        }
        for (int i = policy.keep(); i < steps.size(); i++)
            if (steps.get(i) != best) HadoopFiles.delete(path(steps.get(i)));
    }

    /** The steps of all checkpoints, newest first. */
    private List<Long> steps() throws IOException {
        List<Long> steps = new ArrayList<>();
        for (String name : HadoopFiles.list(folder))
            if (name.matches(PREFIX + "\\d+")) steps.add(Long.parseLong(name.substring(PREFIX.length())));
        steps.sort(Comparator.reverseOrder());
        return steps;
    }

    private String path(long step) {
        return folder + "/" + PREFIX + String.format(Locale.ROOT, "%010d", step);
    }

    private void await() {
        if (pending == null) return;
        try {
            pending.get();
        } catch (ExecutionException e) {
            throw new UncheckedIOException(
                    "a checkpoint could not be written to " + folder + ": "
                            + e.getCause().getMessage(),
                    e.getCause() instanceof IOException io ? io : new IOException(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for what is being written. */
    @Override
    public void close() {
        try {
            await();
        } finally {
            writer.shutdown();
        }
    }
}
