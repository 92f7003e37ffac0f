package io.firesteel.studies.report;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** Helpers that write HTML. */
final class Html {
    private Html() {}

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** A link that saves the embedded {@code content} as a file. */
    static String download(String name, String type, String content) {
        String bytes = Base64.getEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8));
        return String.format(
                Locale.ROOT, "<a download=\"%s\" href=\"data:%s;base64,%s\">%s</a>", name, type, bytes, name);
    }

    /** A table; numbers are right-aligned. */
    static String table(List<String> columns, List<List<String>> rows) {
        StringBuilder out = new StringBuilder("<div class=\"scroll\"><table><thead><tr>");
        columns.forEach(column -> out.append("<th>").append(escape(column)).append("</th>"));
        out.append("</tr></thead><tbody>\n");
        for (List<String> row : rows) {
            out.append("<tr>");
            row.forEach(cell -> out.append("<td>").append(escape(cell)).append("</td>"));
            out.append("</tr>\n");
        }
        return out.append("</tbody></table></div>\n").toString();
    }
}
