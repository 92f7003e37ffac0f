package io.firesteel.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.firesteel.array.Shape;
import io.firesteel.loss.TargetKind;
import io.firesteel.model.ModelSpec;
import io.firesteel.row.FeatureKind;
import io.firesteel.row.RowSchema;
import io.firesteel.train.Run;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExamplesTest {
    @TempDir
    Path folder;

    @Test
    void theMainOfTheReadmeTrainsAndItsModelAgrees() throws IOException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            TrainLenet.main(new String[] {".", folder + "/lenet", "stop.steps=60"});
        } finally {
            System.setOut(out);
        }
        String text = printed.toString(StandardCharsets.UTF_8);
        String accuracy = text.substring(text.indexOf("accuracy ") + 9).strip();
        assertTrue(text.contains("\"testAccuracy\":" + accuracy), text);
        assertTrue(Double.parseDouble(accuracy) > 0.6, text);
    }

    @Test
    void everyRunFileFitsFashionMnist() throws IOException {
        int[] parameters = {431_080, 235_146, 3_274_634};
        String[] names = {"fashion-lenet", "fashion-mlp", "fashion-cnn"};
        for (int i = 0; i < names.length; i++) {
            ModelSpec model = Run.read(names[i] + "/run.json", List.of())
                    .model(new RowSchema(new Shape(28, 28, 1), FeatureKind.BYTES, TargetKind.CLASS, 1));
            assertEquals(parameters[i], model.layout().size(), names[i]);
        }
    }
}
