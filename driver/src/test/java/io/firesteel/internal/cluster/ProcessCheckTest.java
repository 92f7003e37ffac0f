package io.firesteel.internal.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.firesteel.Fixture;
import io.firesteel.internal.gradient.ShardWorker;
import io.firesteel.internal.gradient.WorkerConfig;
import io.firesteel.spec.SpecException;
import io.firesteel.train.Run;
import io.firesteel.train.Training;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessCheckTest {
    @TempDir
    Path folder;

    @Test
    void everyExecutorIsExaminedAndOtherKernelsDoNotGoOnWithACheckpoint() throws IOException {
        Fixture fixture = new Fixture(folder);
        String out = folder + "/out";
        try (JavaSparkContext spark = Fixture.spark("local[1]")) {
            fixture.train(spark, options(out, false, false), "stop.steps=10");
        }
        try (JavaSparkContext spark = Fixture.spark(
                "local-cluster[2,1,1024]",
                "spark.executor.extraClassPath",
                System.getProperty("java.class.path"),
                "spark.executorEnv.FIRESTEEL_BLAS",
                "java")) {
            List<ProcessCheck> all = ProcessCheck.everywhere(spark, 1);
            assertEquals(
                    List.of("0", "1"), all.stream().map(one -> one.executor).toList());
            ProcessCheck here = ProcessCheck.here(1);
            for (ProcessCheck one : all) {
                assertEquals("java", one.blas);
                assertEquals("passed", one.selfTest);
                assertNotEquals(here.fingerprint, one.fingerprint);
            }
            String mixed = assertThrows(SpecException.class, () -> ProcessCheck.agree(List.of(here, all.get(0)), false))
                    .getMessage();
            assertTrue(
                    mixed.matches("executor 0 on .*: its kernels give different floating-point results: it has java "
                            + "\\+ .*, executor driver on "
                            + ".* has openblas \\(\\w+\\) \\+ .*"),
                    mixed);
            ProcessCheck.agree(List.of(here, all.get(0)), true);
            String resumed = assertThrows(SpecException.class, () -> fixture.train(spark, options(out, true, false)))
                    .getMessage();
            assertTrue(resumed.contains("was made by another run: kernels was \"openblas ("), resumed);
            assertTrue(resumed.endsWith("; resume on such a machine, or pass --allow-mixed"), resumed);
            fixture.train(spark, options(out, true, true));
        }
    }

    @Test
    void aWorkerOfAnotherKindRefusesTheJob() throws IOException {
        Run run = Run.read(new Fixture(folder).run(), List.of());
        WorkerConfig job = new WorkerConfig("job", run.model(run.data().train().schema()), 10, 4, 1, "abacus");
        String refused =
                assertThrows(SpecException.class, () -> new ShardWorker(job)).getMessage();
        assertTrue(
                refused.contains("the run began with abacus; use machines of one kind, or pass --allow-mixed"),
                refused);
    }

    private static Training.Options options(String out, boolean resume, boolean allowMixed) {
        return new Training.Options(out, "auto", 0, null, false, resume, allowMixed);
    }
}
