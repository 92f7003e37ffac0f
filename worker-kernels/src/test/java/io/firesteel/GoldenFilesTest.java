package io.firesteel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.firesteel.layer.Layer;
import io.firesteel.loss.Loss;
import io.firesteel.metric.Metric;
import io.firesteel.optim.Optimizer;
import io.firesteel.spec.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoldenFilesTest {
    private static final String COMMAND =
            "; run: python3 worker-kernels/src/test/golden/make_golden.py (needs numpy and torch)";

    @Test
    void everyPermittedLayerLossMetricAndOptimizerHasACase() {
        assertCovered("layer", Layer.class);
        assertCovered("loss", Loss.class);
        assertCovered("metric", Metric.class);
        assertCovered("optimizer", Optimizer.class);
    }

    private static void assertCovered(String kind, Class<?> family) {
        Set<Class<?>> found = Golden.cases(kind)
                .map(each -> each.spec(kind, family).getClass())
                .collect(Collectors.toSet());
        assertEquals(new HashSet<>(Specs.kinds(family)), found, "cases of " + kind + COMMAND);
    }

    @Test
    void aMissingOrStaleFileNamesTheCommandThatMakesIt(@TempDir Path folder) throws IOException {
        Path script = Files.writeString(folder.resolve("script"), "");
        assertEquals("golden/index.json is missing" + COMMAND, refusal(folder, script));
        Files.writeString(
                folder.resolve("index.json"), "{\"script\": \"0123\", \"cases\": {\"layer\": [\"layer-dense\"]}}");
        assertEquals("golden/index.json is not of this make_golden.py" + COMMAND, refusal(folder, script));
        String empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"; // SHA-256 of nothing
        Files.writeString(
                folder.resolve("index.json"),
                "{\"script\": \"" + empty + "\", \"cases\": {\"layer\": [\"layer-dense\"]}}");
        assertEquals("golden/layer-dense.json is missing" + COMMAND, refusal(folder, script));
    }

    private static String refusal(Path folder, Path script) {
        return assertThrows(
                        IllegalStateException.class,
                        () -> Golden.cases("layer", folder, script).toList())
                .getMessage();
    }
}
