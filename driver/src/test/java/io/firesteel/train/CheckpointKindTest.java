package io.firesteel.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.Mutation;
import io.firesteel.array.Init;
import io.firesteel.array.ParamLayout;
import io.firesteel.array.ParamSlice;
import io.firesteel.array.Shape;
import io.firesteel.metric.Metrics;
import io.firesteel.optim.Sgd;
import io.firesteel.spec.SpecException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On which machines a checkpoint goes on: those whose kernels are the ones it names. */
class CheckpointKindTest {
    private static final String REST = " + onednn + winograd on amd64 AuthenticAMD family 25 model 1 [avx2, fma]";

    @TempDir
    Path folder;

    @Test
    void theSameKernelsGoOn() throws IOException {
        assertEquals(5, resume("openblas (Zen)" + REST, "openblas (Zen)" + REST));
    }

    @Test
    void aCheckpointFromBeforeTheCoreWasNamedGoesOnWhereTheRestIsTheSame() throws IOException {
        assertEquals(5, resume("openblas" + REST, "openblas (Zen)" + REST));
        assertThrows(SpecException.class, () -> resume("openblas" + REST, "openblas (Zen)" + REST + " avx512f"));
        assertThrows(SpecException.class, () -> resume("openblas" + REST, "java" + REST));
    }

    @Test
    void anotherCoreIsRefused() {
        String refused = assertThrows(
                        SpecException.class, () -> resume("openblas (Haswell)" + REST, "openblas (SkylakeX)" + REST))
                .getMessage();
        assertTrue(refused.contains("kernels was \"openblas (Haswell) + "), refused);
    }

    /** The step at which a process of kind {@code now} goes on with a checkpoint of kind {@code was}. */
    @Test
    void aCheckpointOfWhichAByteChangedIsNeverUsed() throws IOException {
        resume("[x]", "[x]");
        Path whole = folder.resolve("step-0000000005");
        ParamSlice w = new ParamSlice("w", 0, new Shape(3), ParamSlice.Role.WEIGHT, new Init.Zeros(), 1, 1);
        TrainingState state = new TrainingState(new ParamLayout(List.of(w)), new Sgd(), 1, new Metrics(List.of(), 1));
        var policy = new Run.CheckpointPolicy(0, 1, 0, 2, false);
        for (String name : List.of("state.safetensors", "manifest.json")) {
            byte[] bytes = Files.readAllBytes(whole.resolve(name));
            for (int seed = 0; seed < 75; seed++) {
                Files.write(whole.resolve(name), Mutation.of(bytes, seed));
                List<String> told = new ArrayList<>();
                try (Checkpoints checkpoints = new Checkpoints(folder.toString(), policy, identity("[x]"), null)) {
                    assertFalse(checkpoints.restore(state, told::add), name + ", seed " + seed);
                }
                assertTrue(told.get(0).contains("step-0000000005 is damaged ("), told.toString());
                assertEquals(0, state.step);
            }
            Files.write(whole.resolve(name), bytes);
        }
    }

    private long resume(String was, String now) throws IOException {
        ParamSlice w = new ParamSlice("w", 0, new Shape(3), ParamSlice.Role.WEIGHT, new Init.Zeros(), 1, 1);
        TrainingState state = new TrainingState(new ParamLayout(List.of(w)), new Sgd(), 1, new Metrics(List.of(), 1));
        state.step = 5;
        Checkpoint.of(state, identity(was), Double.NaN).write(folder + "/step-0000000005");
        state.step = 0;
        var policy = new Run.CheckpointPolicy(0, 1, 0, 2, false);
        try (Checkpoints checkpoints = new Checkpoints(folder.toString(), policy, identity(now), null)) {
            checkpoints.restore(state, line -> {});
        }
        return state.step;
    }

    private static ObjectNode identity(String kernels) {
        return JsonNodeFactory.instance.objectNode().put("kernels", kernels);
    }
}
