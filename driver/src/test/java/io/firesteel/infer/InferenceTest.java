package io.firesteel.infer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.firesteel.Fixture;
import io.firesteel.array.Random64;
import io.firesteel.metric.Evaluation;
import io.firesteel.model.ModelSpec;
import io.firesteel.modelfile.SavedModel;
import io.firesteel.source.Idx;
import io.firesteel.spec.SpecException;
import io.firesteel.train.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InferenceTest {
    private static final int ROWS = 1000; // fifteen passes and a rest

    @TempDir
    Path folder;

    private SavedModel saved;
    private Idx source;

    @BeforeEach
    void files() throws IOException {
        Fixture fixture = new Fixture(folder);
        Run run = Run.read(fixture.run(), List.of());
        ModelSpec model = run.model(run.data().train().schema());
        saved = new SavedModel(model, model.layout().init(2));
        byte[] images = new byte[ROWS * 36], labels = new byte[ROWS];
        Random64 random = new Random64(4);
        for (int i = 0; i < images.length; i++) images[i] = (byte) random.nextInt(256);
        for (int i = 0; i < ROWS; i++) labels[i] = (byte) random.nextInt(4);
        source = new Idx(
                fixture.idx("many", images, ROWS, 6, 6).toString(),
                fixture.idx("theirs", labels, ROWS).toString());
    }

    @Test
    void anyNumberOfThreadsGivesTheSameBitsInTheOrderOfTheRows() throws IOException {
        float[] one = predictions(new Inference(saved, 1));
        Evaluation alone = new Inference(saved, 1).evaluate(source);
        assertEquals(ROWS, alone.rows());
        for (int threads : new int[] {2, 5}) {
            assertArrayEquals(one, predictions(new Inference(saved, threads)), threads + " threads");
            assertEquals(alone, new Inference(saved, threads).evaluate(source), threads + " threads");
        }
    }

    @Test
    void rowsInMemoryGetTheAnswersOfASource() throws IOException {
        byte[] file = Files.readAllBytes(Path.of(source.images()));
        float[] raw = new float[ROWS * 36];
        for (int i = 0; i < raw.length; i++) raw[i] = (file[file.length - raw.length + i] & 0xff) / 255f;
        assertArrayEquals(predictions(new Inference(saved, 2)), new Inference(saved).predict(raw), 1e-5f);
        assertEquals(
                "37 numbers, wanted rows of [6x6x1]",
                assertThrows(SpecException.class, () -> new Inference(saved).predict(new float[37]))
                        .getMessage());
    }

    @Test
    void whatTheSinkThrowsArrives() {
        IOException full = new IOException("disk full");
        assertEquals(
                full,
                assertThrows(
                        IOException.class,
                        () -> new Inference(saved, 2).predict(source, (r, t, y, at) -> {
                            if (r == 700) throw full;
                        })));
    }

    private float[] predictions(Inference inference) throws IOException {
        float[] all = new float[ROWS * 4];
        long[] rows = {0};
        inference.predict(source, (row, targets, outputs, from) -> {
            assertEquals(rows[0]++, row);
            System.arraycopy(outputs, from, all, (int) row * 4, 4);
        });
        assertEquals(ROWS, rows[0]);
        return all;
    }
}
