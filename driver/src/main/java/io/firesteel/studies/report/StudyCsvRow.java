package io.firesteel.studies.report;

import io.firesteel.internal.files.HadoopFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A row of a study's CSV file: cells by column name. An empty cell means unknown. */
record StudyCsvRow(Map<String, String> cells) {
    /** All rows of a file without commas in its fields; none if there is no file. */
    static List<StudyCsvRow> read(String path) throws IOException {
        List<StudyCsvRow> rows = new ArrayList<>();
        if (!HadoopFiles.exists(path)) return rows;
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(HadoopFiles.open(path), StandardCharsets.UTF_8))) {
            String[] names = in.readLine().split(",");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] cells = line.split(",", -1);
                Map<String, String> row = new LinkedHashMap<>();
                for (int i = 0; i < names.length; i++) row.put(names[i], i < cells.length ? cells[i] : "");
                rows.add(new StudyCsvRow(row));
            }
        }
        return rows;
    }

    String text(String column) {
        return cells.getOrDefault(column, "");
    }

    /** NaN if it is unknown. */
    double number(String column) {
        String text = text(column);
        return text.isEmpty() ? Double.NaN : Double.parseDouble(text);
    }
}
