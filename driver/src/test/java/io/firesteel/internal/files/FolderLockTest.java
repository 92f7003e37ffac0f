package io.firesteel.internal.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.firesteel.spec.SpecException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FolderLockTest {
    private static final Duration BEAT = Duration.ofMillis(20), LOST = Duration.ofSeconds(1);

    @TempDir
    Path folder;

    private FolderLock take() throws IOException {
        return new FolderLock(folder.toString(), BEAT, LOST);
    }

    @Test
    void aFolderIsHeldByOneRunAndThenByTheNext() throws IOException {
        try (FolderLock lock = take()) {
            lock.check();
            String message = assertThrows(SpecException.class, this::take).getMessage();
            assertTrue(
                    message.contains("in use by another run, process "
                            + ProcessHandle.current().pid()),
                    message);
        }
        take().close();
        assertEquals(List.of(), HadoopFiles.list(folder.toString()));
    }

    @Test
    void ofManyAtOnceOneHoldsIt() throws Exception {
        int many = 6;
        var pool = Executors.newFixedThreadPool(many);
        CountDownLatch refused = new CountDownLatch(many - 1);
        List<Future<Boolean>> held = new ArrayList<>();
        Callable<Boolean> one = () -> {
            try (FolderLock lock = take()) {
                refused.await(); // all others have asked by then
                lock.check();
                return true;
            } catch (SpecException e) {
                refused.countDown();
                return false;
            }
        };
        for (int i = 0; i < many; i++) held.add(pool.submit(one));
        int holders = 0;
        for (Future<Boolean> each : held) if (each.get()) holders++;
        pool.shutdown();
        assertEquals(1, holders);
    }

    @Test
    void theClaimOfAProcessThatHasEndedCountsNoMore() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        String mine;
        try (FolderLock lock = take()) {
            lock.check();
            mine = Files.readString(
                    folder.resolve(HadoopFiles.list(folder.toString()).get(0)));
        }
        Files.writeString(folder.resolve("_lock-0"), mine.replaceFirst("\"pid\":\\d+", "\"pid\":" + ended.pid()));
        Files.writeString( // the number is in use again, by a process that began later
                folder.resolve("_lock-1"),
                mine.replaceFirst("\"pid\":\\d+,\"started\":\\d+", "\"pid\":1,\"started\":5"));
        take().close();
    }

    @Test
    void aMachineThatIsSilentForLongIsTakenForLost() throws IOException {
        Files.writeString(folder.resolve("_lock-0"), "{\"host\":\"elsewhere\",\"pid\":7,\"holds\":true}");
        take().close(); // waits for a second
        Files.writeString(folder.resolve("_lock-0"), ""); // it died while it wrote
        take().close();
    }

    @Test
    void aMachineThatIsAliveIsNot() throws Exception {
        Path claim = folder.resolve("_lock-0");
        Files.writeString(claim, "{\"host\":\"elsewhere\",\"pid\":7,\"holds\":true}");
        Thread beats = new Thread(() -> {
            try {
                while (true) {
                    Files.setLastModifiedTime(
                            claim, java.nio.file.attribute.FileTime.fromMillis(System.currentTimeMillis()));
                    Thread.sleep(5);
                }
            } catch (IOException | InterruptedException e) {
                // the test is over
            }
        });
        beats.start();
        try {
            String message = assertThrows(SpecException.class, this::take).getMessage();
            assertTrue(message.contains("process 7 on elsewhere"), message);
        } finally {
            beats.interrupt();
            beats.join();
        }
    }

    @Test
    void whoeverWasTakenForLostStops() throws Exception {
        try (FolderLock lock = take()) {
            String claim = folder + "/" + HadoopFiles.list(folder.toString()).get(0);
            for (boolean told = false; !told; Thread.sleep(5)) // until the next beat
            try {
                    HadoopFiles.delete(claim);
                    lock.check();
                } catch (IOException e) {
                    told = e.getMessage().contains("another run has taken it over");
                    assertTrue(told, e.getMessage());
                }
        }
    }
}
