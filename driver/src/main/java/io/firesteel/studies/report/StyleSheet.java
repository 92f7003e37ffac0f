package io.firesteel.studies.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The style sheets: each colour name has a value for the light and for the dark theme. */
final class StyleSheet {
    private static final Pattern NAME = Pattern.compile("var\\(--([\\w-]+)\\)");
    private static final List<String> LIGHT = read("light.css").lines().toList();

    private StyleSheet() {}

    /** For a page, which follows the reader's choice of light or dark. */
    static String page() {
        return ":root{" + read("light.css") + "}\n@media (prefers-color-scheme:dark){:root{" + read("dark.css") + "}}\n"
                + read("page.css") + plot();
    }

    /** For a stand-alone SVG: light, with the names replaced by values. */
    static String alone() {
        Matcher matcher = NAME.matcher(plot());
        return matcher.replaceAll(name -> light(name.group(1)));
    }

    private static String plot() {
        StringBuilder css = new StringBuilder(read("plot.css"));
        LIGHT.stream()
                .filter(line -> line.startsWith("--"))
                .map(line -> line.substring(2, line.indexOf(':')))
                .filter(name -> name.matches("[tr]\\d|quiet"))
                .forEach(name -> css.append(String.format(
                        Locale.ROOT, ".fill-%1$s{fill:var(--%1$s)}.stroke-%1$s{stroke:var(--%1$s)}%n", name)));
        return css.toString();
    }

    private static String light(String name) {
        String start = "--" + name + ":";
        return LIGHT.stream()
                .filter(line -> line.startsWith(start))
                .findFirst()
                .orElseThrow()
                .replaceAll(".*:|;", "")
                .trim();
    }

    private static String read(String name) {
        try (InputStream in = StyleSheet.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
