package io.firesteel.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.firesteel.schedule.Cosine;
import io.firesteel.schedule.Schedule;
import io.firesteel.spec.SpecException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunTest {
    private static final String FILE = "../examples/fashion-lenet/run.json";

    @Test
    void adaScaleNeedsTwoShardsToCompare() {
        assertEquals(
                FILE + ": shards is above 1 for AdaScale, which compares their gradients; got 1",
                refusal(
                        "shards=1",
                        "schedule={\"type\":\"AdaScale\",\"baseBatch\":16,"
                                + "\"then\":{\"type\":\"Constant\",\"learningRate\":0.1}}"));
    }

    @Test
    void aRunFileGivesTheLearningRate() {
        assertEquals(
                FILE + ": schedule: key \"learningRate\" is missing; it takes a number above 0, such as 0.001",
                refusal("schedule={\"type\":\"WarmUp\",\"steps\":5,\"then\":\"Cosine\"}"));
    }

    @Test
    void aCosineOfNoLengthTakesThatOfTheRun() throws IOException {
        assertEquals(new Cosine(0.001, 1128, 0), schedule());
        assertEquals(new Cosine(0.001, 2820, 0), schedule("epochs=20"));
        assertEquals(new Cosine(0.001, 50, 0), schedule("stop.steps=50"));
        assertEquals(new Cosine(0.001, 77, 0), schedule("schedule.steps=77"));
    }

    private static Schedule schedule(String... overrides) throws IOException {
        List<String> all = new ArrayList<>(List.of("schedule={\"type\":\"Cosine\",\"learningRate\":0.001}"));
        all.addAll(List.of(overrides));
        return Run.read(FILE, all).withLength(141).schedule();
    }

    private static String refusal(String... overrides) {
        return assertThrows(SpecException.class, () -> Run.read(FILE, List.of(overrides)))
                .getMessage();
    }
}
