package io.firesteel.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.firesteel.Fixture;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java that README and javadoc show is compiled as it stands there, and run. */
class SnippetTest {
    private static JavaSparkContext context;
    private static Dataset<Row> images;
    private static Dataset<Row> houses;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        context = Fixture.spark("local[2]");
        SparkSession spark = SparkSession.builder().getOrCreate();
        images = spark.range(128)
                .selectExpr(
                        "transform(sequence(1, 784), i -> (id * i) % 7 / 7.0) as features",
                        "cast(id % 10 as double) label");
        houses = spark.range(128)
                .selectExpr("array(id % 5, id % 7, id % 3) as features", "cast(id % 5 as double) label");
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    @Test
    void theReadmeGoesFromADatasetToATrainedModelInTenLines() throws Exception {
        String text = Files.readString(Path.of("../README.md"));
        String section = text.substring(text.indexOf("## From Spark ML"));
        String code = found("(?s)```java\n(.*?)```", section);
        assertTrue(code.lines().count() <= 10, code);
        Dataset<Row> answers = run(code.replace("images-model", folder + "/images-model"), images);
        assertEquals(128, answers.count());
        assertEquals(
                answers.collectAsList(),
                NetClassificationModel.load(folder + "/images-model")
                        .transform(images)
                        .collectAsList());
    }

    @Test
    void theJavadocOfTheEstimatorsRuns() throws Exception {
        Path sources = Path.of("src/main/java/io/firesteel/ml");
        for (String name : List.of("NetClassifier", "NetRegressor")) {
            String doc = found("(?s)<pre>\\{@code\n(.*?)\\}</pre>", Files.readString(sources.resolve(name + ".java")));
            Dataset<Row> answers =
                    run(doc.replaceAll("(?m)^ \\* ?", ""), name.equals("NetClassifier") ? images : houses);
            assertEquals(128, answers.select("prediction").count());
        }
    }

    private static String found(String pattern, String text) {
        Matcher match = Pattern.compile(pattern).matcher(text);
        assertTrue(match.find(), pattern);
        return match.group(1);
    }

    /** What the code calls {@code answers}; it finds a table as {@code images}, {@code houses} and {@code others}. */
    @SuppressWarnings("unchecked")
    private Dataset<Row> run(String code, Dataset<Row> table) throws Exception {
        Path source = Files.writeString(
                Files.createDirectories(folder.resolve("code")).resolve("Snippet.java"),
                String.format(Locale.ROOT, """
        import io.firesteel.ml.*;
        import org.apache.spark.sql.*;
        public class Snippet {
          public static Dataset<Row> run(Dataset<Row> images) throws Exception {
            Dataset<Row> houses = images, others = images;
        %s
            return answers;
          }
        }
        """, code));
        assertEquals(
                0,
                ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "-proc:none",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "-d",
                                source.getParent().toString(),
                                source.toString()),
                code);
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {source.getParent().toUri().toURL()}, getClass().getClassLoader())) {
            return (Dataset<Row>)
                    loader.loadClass("Snippet").getMethod("run", Dataset.class).invoke(null, table);
        }
    }
}
