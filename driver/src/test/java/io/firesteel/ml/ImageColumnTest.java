package io.firesteel.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.firesteel.Fixture;
import io.firesteel.array.Random64;
import io.firesteel.model.WeightsFile;
import io.firesteel.train.Run;
import io.firesteel.train.Training;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Forty pictures of 4x4 pixels, in folders "blue" and "red". */
class ImageColumnTest {
    @TempDir
    Path folder;

    @Test
    void picturesGiveTheSameBitsFromFoldersFromSparksImageSourceAndFromParquet() throws IOException {
        pictures();
        Files.writeString(folder.resolve("run.json"), """
        {"data": {"train": {"type": "Images", "path": "pictures"}},
         "model": ["Flatten", {"type": "Dense", "units": 2}], "loss": "SoftmaxCrossEntropy", "optimizer": "Adam",
         "schedule": {"type": "Constant", "rate": 0.05}, "batch": 10, "epochs": 20}
        """);
        try (JavaSparkContext context = Fixture.spark("local[2]")) {
            Training.Outcome run =
                    new Training(Run.read(folder + "/run.json", List.of())).train(context, Training.Options.DEFAULT);
            assertEquals(List.of("blue", "red"), run.model().model().classes());
            assertEquals(1.0, run.summary().at("/metrics/trainAccuracy").doubleValue());

            SparkSession spark =
                    SparkSession.builder().config(context.getConf()).getOrCreate();
            Dataset<Row> images = spark.read()
                    .format("image")
                    .load(folder + "/pictures/*")
                    .coalesce(1)
                    .sortWithinPartitions("image.origin")
                    .selectExpr("image as features", "int(image.origin like '%/red/%') as label");
            NetClassifier net = new NetClassifier()
                    .setLayers("4x4x3 -> flatten dense(2)")
                    .setStandardization(false)
                    .setLearningRate(0.05)
                    .setBatchSize(10)
                    .setEpochs(20);
            NetClassificationModel model = net.fit(images);
            assertEquals(
                    WeightsFile.sha256(run.model().params()),
                    WeightsFile.sha256(model.saved().params()));
            images.write().parquet(folder + "/table");
            String parquet = "data.train={\"type\":\"Parquet\",\"path\":\"" + folder + "/table\",\"label\":\"label\"}";
            Training again = new Training(Run.read(folder + "/run.json", List.of(parquet)));
            assertEquals(
                    WeightsFile.sha256(run.model().params()),
                    WeightsFile.sha256(again.train(context, Training.Options.DEFAULT)
                            .model()
                            .params()));
            assertEquals(
                    40, model.transform(images).filter("prediction = label").count());
        }
    }

    private void pictures() throws IOException {
        Random64 random = new Random64(1);
        for (int n = 0; n < 40; n++) {
            BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_3BYTE_BGR);
            for (int i = 0; i < 16; i++)
                image.setRGB(
                        i % 4,
                        i / 4,
                        n % 2 == 0 ? random.nextInt(256) : random.nextInt(256) << 16 | random.nextInt(30));
            Path file =
                    folder.resolve(String.format(Locale.ROOT, "pictures/%s/%02d.png", n % 2 == 0 ? "blue" : "red", n));
            Files.createDirectories(file.getParent());
            assertTrue(ImageIO.write(image, "png", file.toFile()));
        }
    }
}
