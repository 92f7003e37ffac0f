package io.firesteel.studies.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** The report in a real browser that has no network, in light and in dark. */
class BrowserTest {
    private static final Path BROWSER = Path.of("/usr/bin/chromium"), DRIVER = Path.of("/usr/bin/chromedriver");

    @TempDir
    Path folder;

    @Test
    void everyPlotIsSeenInLightAndInDarkWithoutErrorOrNetwork() throws IOException {
        boolean there = Files.exists(BROWSER) && Files.exists(DRIVER);
        if (!there)
            System.out.println("BrowserTest was skipped: no " + BROWSER + " or " + DRIVER
                    + "; install Debian's chromium and chromium-driver");
        assumeTrue(there);
        StudyReport.write(Sample.whole(folder).toString());
        ChromeDriver browser = browser();
        try {
            browser.executeCdpCommand("Network.enable", Map.of());
            browser.executeCdpCommand(
                    "Network.emulateNetworkConditions",
                    Map.of("offline", true, "latency", 0, "downloadThroughput", 0, "uploadThroughput", 0));
            String[] papers = new String[2];
            for (int i = 0; i < 2; i++) {
                browser.executeCdpCommand(
                        "Emulation.setEmulatedMedia",
                        Map.of(
                                "features",
                                List.of(Map.of("name", "prefers-color-scheme", "value", i == 0 ? "light" : "dark"))));
                browser.get(folder.resolve("report.html").toUri().toString());
                papers[i] = browser.findElement(By.tagName("body")).getCssValue("background-color");
                List<WebElement> plots = browser.findElements(By.cssSelector("figure svg"));
                assertEquals(14, plots.size());
                for (WebElement plot : plots) {
                    String name = plot.getAttribute("aria-label");
                    assertTrue(
                            plot.findElements(By.cssSelector(".marks path, .marks circle, .marks rect"))
                                            .size()
                                    > 2,
                            name + " is empty");
                    assertEquals(List.of(), outside(browser, plot), name + ": what sticks out of it");
                }
                assertEquals(
                        0L,
                        browser.executeScript("return performance.getEntriesByType('resource').filter(r => "
                                + "!r.name.startsWith('data:')).length"));
                assertEquals(
                        false,
                        browser.executeScript("return document.documentElement.scrollWidth > innerWidth"),
                        "the page scrolls sideways");
                keep(browser, i == 0 ? "light" : "dark");
            }
            assertNotEquals(papers[0], papers[1]);
            assertEquals(List.of(), browser.manage().logs().get(LogType.BROWSER).getAll());
        } finally {
            browser.quit();
        }
    }

    /** Texts of a plot that its frame cuts, and pairs of texts that cover each other. */
    private static List<?> outside(ChromeDriver browser, WebElement plot) {
        return (List<?>) browser.executeScript("""
            const frame = arguments[0].getBoundingClientRect(), bad = [];
            const texts = [...arguments[0].querySelectorAll('text')]
              .map(t => [t.textContent, t.getBoundingClientRect()]);
            texts.forEach(([name, box], i) => {
              if (box.left < frame.left || box.right > frame.right
                  || box.top < frame.top || box.bottom > frame.bottom) bad.push(name);
              texts.slice(i + 1).forEach(([other, b]) => {
                if (box.left < b.right - 1 && b.left < box.right - 1
                    && box.top < b.bottom - 2 && b.top < box.bottom - 2)
                  bad.push(name + ' covers ' + other);
              });
            });
            return bad;""", plot);
    }

    private ChromeDriver browser() {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(BROWSER.toFile());
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--no-first-run",
                "--disable-dev-shm-usage",
                "--window-size=1440,1000",
                "--user-data-dir=" + folder.resolve("profile"));
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        return new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(new File(DRIVER.toString()))
                        .build(),
                options);
    }

    /** A picture of the whole page, for people: target/report-light.png and -dark.png. */
    private static void keep(ChromeDriver browser, String name) throws IOException {
        long height = ((Number) browser.executeScript("return document.documentElement.scrollHeight")).longValue();
        browser.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", 1440, "height", height, "deviceScaleFactor", 1, "mobile", false));
        Files.write(Path.of("target/report-" + name + ".png"), browser.getScreenshotAs(OutputType.BYTES));
        browser.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
    }
}
