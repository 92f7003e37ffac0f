package io.firesteel.internal.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.spec.SpecException;
import io.firesteel.spec.Specs;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The right to write into an output folder, held by one run at a time. Each claims it with a file of its own and holds
 * it once there is no other claim; so nothing is asked of the file system but that a file is listed once it is written.
 * The claim of a process that has ended, or that has not rewritten it for a minute, counts no more.
 */
public final class FolderLock implements AutoCloseable {
    private static final String PREFIX = "_lock-";
    private static final Duration BEAT = Duration.ofSeconds(10), LOST = Duration.ofMinutes(1);
    private static final Set<String> HERE = ConcurrentHashMap.newKeySet(); // the claims of this process

    private final String folder;
    private final Duration lost;
    private final String name = PREFIX + UUID.randomUUID();
    private final Map<String, Long> seen = new HashMap<>(); // when other claims were written
    private final Thread beating;
    private volatile boolean holds;
    private volatile boolean taken; // by another run, which took this one for lost

    /** Waits where it cannot yet be told whether another run has ended; throws {@link SpecException} if it goes on. */
    public static FolderLock take(String folder) throws IOException {
        return new FolderLock(folder, BEAT, LOST);
    }

    FolderLock(String folder, Duration beat, Duration lost) throws IOException {
        this.folder = folder;
        this.lost = lost;
        HERE.add(name);
        write();
        try {
            while (!isAlone()) Thread.sleep(Math.min(500, beat.toMillis()));
            holds = true;
            write();
        } catch (InterruptedException e) {
            drop();
            throw new IOException("interrupted while waiting for " + folder, e);
        } catch (IOException | RuntimeException e) {
            drop();
            throw e;
        }
        beating = new Thread(() -> beat(beat), "firesteel-lock");
        beating.setDaemon(true);
        beating.start();
    }

    /** Whether there is no other claim; throws if another run holds the folder or goes before this one. */
    private boolean isAlone() throws IOException {
        boolean alone = true;
        for (String other : others()) {
            JsonNode claim = read(other);
            if (claim == null || isDead(other, claim)) {
                HadoopFiles.delete(folder + "/" + other);
                continue;
            }
            long written = HadoopFiles.modified(folder + "/" + other);
            Long before = seen.putIfAbsent(other, written);
            boolean moves = before != null && before < written;
            boolean known = isHere(claim) || moves; // else it may be one that has died
            if (known && (claim.path("holds").asBoolean() || other.compareTo(name) < 0))
                throw new SpecException(folder + ": is in use by another run, process "
                        + claim.path("pid").asText() + " on "
                        + claim.path("host").asText() + "; give another --out, or wait for its end");
            alone = false;
        }
        return alone;
    }

    private List<String> others() throws IOException {
        List<String> others = new ArrayList<>();
        for (String each : HadoopFiles.list(folder))
            if (each.startsWith(PREFIX) && !each.equals(name)) others.add(each);
        return others;
    }

    /** Null if it has gone; empty if it is just being written. */
    private JsonNode read(String other) throws IOException {
        String path = folder + "/" + other;
        try {
            return Specs.parse(path, HadoopFiles.text(path));
        } catch (SpecException e) {
            return HadoopFiles.exists(path) ? JsonNodeFactory.instance.objectNode() : null;
        }
    }

    private boolean isDead(String other, JsonNode claim) throws IOException {
        if (isHere(claim)) {
            long pid = claim.path("pid").asLong();
            if (pid == ProcessHandle.current().pid()) return !HERE.contains(other);
            return ProcessHandle.of(pid).map(FolderLock::started).orElse(-1L)
                    != claim.path("started").asLong();
        }
        write(); // so that both times are of the same clock, the file system's
        return HadoopFiles.modified(folder + "/" + name) - HadoopFiles.modified(folder + "/" + other) > lost.toMillis();
    }

    private static boolean isHere(JsonNode claim) {
        return claim.path("host").asText().equals(host())
                && claim.path("space").asText().equals(space());
    }

    private static long started(ProcessHandle process) {
        return process.info()
                .startInstant()
                .map(java.time.Instant::toEpochMilli)
                .orElse(0L);
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (IOException e) {
            return "localhost";
        }
    }

    /** Within which the numbers of processes are unique; containers of one host have each their own. */
    private static String space() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
        } catch (IOException | RuntimeException e) {
            return "";
        }
    }

    private void write() throws IOException {
        ProcessHandle process = ProcessHandle.current();
        ObjectNode claim =
                JsonNodeFactory.instance.objectNode().put("host", host()).put("space", space());
        claim.put("pid", process.pid()).put("started", started(process)).put("holds", holds);
        try (OutputStream out = HadoopFiles.create(folder + "/" + name)) {
            out.write(claim.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Says again and again that this process lives. */
    private void beat(Duration every) {
        long last = System.nanoTime();
        while (holds && !taken) {
            try {
                synchronized (this) {
                    wait(every.toMillis());
                }
                if (!holds) return;
                boolean wasSilent = System.nanoTime() - last > lost.toNanos();
                if (!HadoopFiles.exists(folder + "/" + name) || wasSilent && !others().isEmpty()) taken = true;
                else write();
                last = System.nanoTime();
            } catch (InterruptedException e) {
                return;
            } catch (IOException e) {
                System.getLogger("io.firesteel").log(System.Logger.Level.WARNING, folder + ": " + e.getMessage());
            }
        }
    }

    /** Throws if another run has taken the folder, since this one gave no sign of life for too long. */
    public void check() throws IOException {
        if (taken)
            throw new IOException(folder + ": another run has taken it over, since this one gave no sign of life for "
                    + lost.toSeconds() + " s; this one ends");
    }

    private void drop() throws IOException {
        holds = false;
        HERE.remove(name);
        HadoopFiles.delete(folder + "/" + name);
    }

    @Override
    public void close() throws IOException {
        synchronized (this) {
            holds = false;
            notifyAll();
        }
        try {
            beating.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        drop();
    }
}
