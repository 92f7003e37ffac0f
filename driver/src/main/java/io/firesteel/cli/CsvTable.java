package io.firesteel.cli;

import io.firesteel.internal.files.HadoopFiles;
import io.firesteel.internal.files.SizedFile;
import io.firesteel.row.DecimalText;
import io.firesteel.source.CsvCells;
import io.firesteel.spec.SpecException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A CSV table as it was written: every cell is text, so that what is copied to an output stays as it is. Only the
 * features are read as numbers.
 */
record CsvTable(String path, Dataset<Row> rows) {
    private static final String FILE = "firesteel file", START = "firesteel start";
    private static final String WHOLE = "-?(0|[1-9][0-9]{0,17})",
            NUMBER = "-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?";
    private static final long CUT = 1 << 27; // bytes; larger files are read by several tasks, line by line
    private static final Pattern SEPARATORS = Pattern.compile("[;\\t|]");

    static CsvTable read(SparkSession spark, String path) throws IOException {
        List<SizedFile> files = HadoopFiles.files(path);
        long bytes = files.stream().mapToLong(SizedFile::bytes).sum();
        Dataset<Row> rows = spark.read()
                .option("header", true)
                .option("escape", String.valueOf(CsvCells.escape(files.get(0).path())))
                .option("multiLine", bytes <= CUT) // as a source of this format is read
                .option("enforceSchema", false) // the columns of every file are those of the first
                .csv(files.stream().map(file -> literal(file.path())).toArray(String[]::new));
        String[] names = rows.columns();
        if (names.length == 1 && SEPARATORS.matcher(names[0]).find())
            throw new SpecException(path + " line 1: one column, \"" + names[0]
                    + "\"; a table's separator is a comma; give a file with another one as a source, {\"type\": "
                    + "\"Csv\", \"separator\": \";\", ...}");
        return new CsvTable(path, rows);
    }

    /** A path in which nothing is a pattern. */
    static String literal(String path) {
        return path.replaceAll("[\\\\{}\\[\\]*?]", "\\\\$0");
    }

    /** The {@code kept} columns and one of all features, called {@code name}. */
    Dataset<Row> withFeatures(String name, List<String> features, List<String> kept) {
        List<Column> columns = new ArrayList<>();
        for (String column : features) columns.add(column(column));
        for (String column : kept) columns.add(column(column));
        columns.add(functions.input_file_name().as(FILE));
        columns.add(functions.input_file_block_start().as(START));
        StructType schema = new StructType();
        for (String column : kept) schema = schema.add(column, DataTypes.StringType);
        return rows.select(columns.toArray(new Column[0]))
                .mapPartitions(
                        new Numbers(features, kept.size()), Encoders.row(schema.add(name, SQLDataTypes.VectorType())));
    }

    private Column column(String name) {
        return rows.col("`" + name.replace("`", "``") + "`");
    }

    /** Reads the features of every row; those of a row that cannot be read are told with file, row and column. */
    private record Numbers(List<String> features, int kept) implements MapPartitionsFunction<Row, Row> {
        @Override
        public java.util.Iterator<Row> call(java.util.Iterator<Row> rows) {
            return new java.util.Iterator<>() {
                private String file = "";
                private long number; // of the row in its file, or in this part of it

                @Override
                public boolean hasNext() {
                    return rows.hasNext();
                }

                @Override
                public Row next() {
                    Row row = rows.next();
                    number = file.equals(row.getString(features.size() + kept)) ? number + 1 : 1;
                    file = row.getString(features.size() + kept);
                    return answer(row, number);
                }
            };
        }

        private Row answer(Row row, long number) {
            double[] numbers = new double[features.size()];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = number(row.getString(i));
                if (!Double.isFinite(numbers[i])) throw bad(row, number, i);
            }
            Object[] cells = new Object[kept + 1];
            for (int i = 0; i < kept; i++) cells[i] = row.get(features.size() + i);
            cells[kept] = Vectors.dense(numbers);
            return RowFactory.create(cells);
        }

        private SpecException bad(Row row, long number, int column) {
            String file = row.getString(features.size() + kept).replaceFirst("^file:/+", "/");
            long start = row.getLong(features.size() + kept + 1);
            return new SpecException(file + " row " + number + (start > 0 ? " after byte " + start : "") + ": column \""
                    + features.get(column) + "\" is "
                    + (row.isNullAt(column) ? "missing" : "\"" + row.getString(column) + "\"")
                    + ", wanted a finite number; fix the cell or remove the row");
        }

        private static float number(String text) {
            return text == null ? Float.NaN : DecimalText.parse(text);
        }
    }

    /** Text columns of which every cell is a number, as it would be written, become columns of numbers. */
    static Dataset<Row> typed(Dataset<Row> table, List<String> text) {
        if (text.isEmpty()) return table;
        List<Column> tests = new ArrayList<>();
        for (String name : text)
            for (String pattern : List.of(WHOLE, NUMBER)) {
                Column cell = table.col("`" + name.replace("`", "``") + "`");
                tests.add(functions.min(functions.coalesce(cell.rlike("^" + pattern + "$"), functions.lit(true))));
                if (pattern.equals(NUMBER)) tests.add(functions.count(cell).gt(0));
            }
        Row are = table.agg(tests.get(0), tests.subList(1, tests.size()).toArray(new Column[0]))
                .head();
        List<Column> columns = new ArrayList<>();
        for (String name : table.columns()) {
            Column cell = table.col("`" + name.replace("`", "``") + "`");
            int at = 3 * text.indexOf(name);
            boolean isNumber = at >= 0 && !are.isNullAt(at) && are.getBoolean(at + 1) && are.getBoolean(at + 2);
            columns.add(
                    isNumber ? cell.cast(are.getBoolean(at) ? "long" : "double").as(name) : cell);
        }
        return table.select(columns.toArray(new Column[0]));
    }
}
