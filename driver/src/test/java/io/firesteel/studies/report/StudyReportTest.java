package io.firesteel.studies.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyReportTest {
    @TempDir
    Path folder;

    @Test
    void everyPlotOfAWholeStudyIsDrawnAndEachIsAPicture() throws IOException {
        StudyReport.write(Sample.whole(folder).toString());
        List<Plot> plots = StudyReport.plots(StudyResults.read(folder.toString()));
        assertEquals(14, plots.size());
        for (Plot plot : plots) {
            assertEquals(null, plot.missing(), plot.id());
            byte[] png = Files.readAllBytes(folder.resolve("plots/" + plot.id() + ".png"));
            Files.write(
                    Files.createDirectories(Path.of("target/plots")).resolve(plot.id() + ".png"), png); // for people
            BufferedImage picture = ImageIO.read(new ByteArrayInputStream(png));
            assertEquals(3 * SvgPlot.WIDTH, picture.getWidth());
            int[] pixels = picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
            assertTrue(Arrays.stream(pixels).distinct().limit(50).count() == 50, plot.id() + " has hardly any colours");
        }
    }

    @Test
    void theAnswerComesFirstThenTheWarningsThenThePlots() throws IOException {
        StudyReport.write(Sample.whole(folder).toString());
        String html = Files.readString(folder.resolve("report.html"));
        int answer = html.indexOf("Steps to a validation error of 0.15 fall as 1/B"),
                edge = html.indexOf("At B = 4096 the best rate"),
                system = html.indexOf("W = 4 is above"),
                plot = html.indexOf("<svg");
        assertTrue(
                0 < answer && answer < edge && edge < system && system < plot,
                answer + " " + edge + " " + system + " " + plot);
        assertTrue(html.contains("sample &lt;fc&gt; &amp; &quot;more&quot;") && !html.contains("<fc>"));
    }

    @Test
    void thePageAsksForNothingElse() throws IOException {
        StudyReport.write(Sample.whole(folder).toString());
        String html = Files.readString(folder.resolve("report.html"));
        assertFalse(Pattern.compile("(?:href|src)=\"(?!data:)|@import|url\\(|<script")
                .matcher(html)
                .find());
    }

    @Test
    void aPartThatIsNotThereIsSaidInItsPlace() throws IOException {
        StudyReport.write(Sample.empty(folder).toString());
        String html = Files.readString(folder.resolve("report.html"));
        assertTrue(
                html.contains("Cannot be concluded, because no batch size reached a validation error of 0.01."),
                "the conclusion");
        assertEquals(13, html.split("<p class=\"missing\">", -1).length - 1);
        assertFalse(html.contains("NaN"));
        assertFalse(Files.exists(folder.resolve("plots")));
    }

    @Test
    void ticksAreWholePowersOrRoundSteps() {
        assertEquals(List.of(16.0, 32.0, 64.0), AxisScale.LOG2.ticks(12, 70));
        assertEquals(List.of(1.0, 10.0, 100.0), AxisScale.LOG10.ticks(0.9, 101));
        assertEquals(
                List.of(0.0, 0.2, 0.4, 0.6, 0.8, 1.0),
                AxisScale.LINEAR.ticks(0, 1).stream()
                        .map(tick -> Math.round(tick * 1e9) / 1e9)
                        .toList());
        assertTrue(AxisScale.LOG2.ticks(1, Math.pow(2, 30)).size() <= 10);
    }

    @Test
    void numbersReadAsPeopleWriteThem() {
        assertEquals("2,180", NumberText.of(2180));
        assertEquals("0.137", NumberText.of(0.1371));
        assertEquals("10", NumberText.of(10));
        assertEquals("unknown", NumberText.of(Double.NaN));
        assertEquals("2⁻⁵", NumberText.power(0.03125));
        assertEquals("4,096", NumberText.power(4096));
        assertEquals("2¹⁴", NumberText.power(16384));
        assertEquals("0.3", NumberText.power(0.3));
        assertEquals("12.5 ms", NumberText.seconds(0.0125));
    }

    @Test
    void theNumbersOfAPlotAreACsvOfWholeCells() {
        Plot plot = new Plot(
                "p",
                "t",
                "c",
                new PlotAxis("x, rows", AxisScale.LINEAR, 0, 1),
                new PlotAxis("y", AxisScale.LINEAR, 0, 1),
                List.of(new PlotSeries("s", MarkStyle.DOTS, "t0", List.of(PlotPoint.at(1, 2, "say \"hi\"")))));
        assertEquals("series,\"x, rows\",y,low,high,note\ns,1.0,2.0,,,\"say \"\"hi\"\"\"\n", PlotExport.csv(plot));
    }
}
