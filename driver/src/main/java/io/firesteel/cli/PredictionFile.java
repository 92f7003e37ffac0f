package io.firesteel.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.array.Floats;
import io.firesteel.internal.files.HadoopFiles;
import io.firesteel.internal.files.OutputFile;
import io.firesteel.model.ModelSpec;
import io.firesteel.spec.SpecException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Writes predictions to a file. Columns: row; for classes label, prediction (the class of the largest probability),
 * both as names if classes have names, and p0, p1, ...; for values target0, ... and prediction0, ...
 */
abstract class PredictionFile implements AutoCloseable {
    final ModelSpec model;

    private PredictionFile(ModelSpec model) {
        this.model = model;
    }

    /** The name of a class if it has one, else its number. */
    final Object name(int label) {
        return model.classes().isEmpty() ? (Object) label : model.classes().get(label);
    }

    abstract void write(long row, float[] targets, float[] outputs, int from) throws IOException;

    @Override
    public abstract void close() throws IOException;

    /** Throws unless {@code name} says what to write, and what it would replace is of that kind. */
    static void check(String name) throws IOException {
        if (!name.matches("(?s).*\\.(csv|jsonl|parquet)"))
            throw new SpecException("--out " + name + ": wanted a name that ends with .csv, .jsonl or .parquet");
        if (name.endsWith(".parquet")) OutputFile.parquet("--out", name);
        else OutputFile.file("--out", name);
    }

    /** The writer for the ending of {@code name}, which writes to {@code path}. */
    static PredictionFile create(String name, String path, ModelSpec model) throws IOException {
        if (name.endsWith(".csv")) return new CsvPredictions(path, model);
        if (name.endsWith(".jsonl")) return new JsonLines(path, model);
        return new ParquetPredictions(path, model);
    }

    private static Writer text(String path) throws IOException {
        return new BufferedWriter(new OutputStreamWriter(HadoopFiles.create(path), StandardCharsets.UTF_8));
    }

    private static final class CsvPredictions extends PredictionFile {
        private final Writer out;

        CsvPredictions(String path, ModelSpec model) throws IOException {
            super(model);
            out = text(path);
            out.write("row");
            if (model.classifies()) out.write(",label,prediction");
            else for (int i = 0; i < model.targets(); i++) out.write(",target" + i);
            for (int i = 0; i < model.outputs(); i++) out.write((model.classifies() ? ",p" : ",prediction") + i);
            out.write("\n");
        }

        @Override
        void write(long row, float[] targets, float[] outputs, int from) throws IOException {
            out.write(Long.toString(row));
            if (model.classifies())
                out.write("," + cell((int) targets[0]) + "," + cell(Floats.argmax(model.outputs(), outputs, from)));
            else for (float target : targets) out.write("," + target);
            for (int i = 0; i < model.outputs(); i++) out.write("," + outputs[from + i]);
            out.write("\n");
        }

        private String cell(int label) {
            String name = name(label).toString();
            return name.matches("[^\",\r\n]*") ? name : "\"" + name.replace("\"", "\"\"") + "\"";
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }

    private static final class JsonLines extends PredictionFile {
        private final Writer out;

        JsonLines(String path, ModelSpec model) throws IOException {
            super(model);
            out = text(path);
        }

        @Override
        void write(long row, float[] targets, float[] outputs, int from) throws IOException {
            ObjectNode line = JsonNodeFactory.instance.objectNode().put("row", row);
            ArrayNode values;
            if (model.classifies()) {
                line.putPOJO("label", name((int) targets[0]))
                        .putPOJO("prediction", name(Floats.argmax(model.outputs(), outputs, from)));
                values = line.putArray("probabilities");
            } else {
                ArrayNode wanted = line.putArray("targets");
                for (float target : targets) wanted.add(target);
                values = line.putArray("predictions");
            }
            for (int i = 0; i < model.outputs(); i++) values.add(outputs[from + i]);
            out.write(line + "\n");
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }

    /** A Parquet folder in Spark's layout, with one part file per so many rows. */
    private static final class ParquetPredictions extends PredictionFile {
        private static final int PART = 1 << 16; // rows
        private final SparkSession spark =
                SparkSession.builder().appName("firesteel predict").getOrCreate();
        private final String path;
        private final List<Row> rows = new ArrayList<>();

        ParquetPredictions(String path, ModelSpec model) {
            super(model);
            this.path = path;
        }

        @Override
        void write(long row, float[] targets, float[] outputs, int from) {
            float[] values = Arrays.copyOfRange(outputs, from, from + model.outputs());
            rows.add(
                    model.classifies()
                            ? RowFactory.create(
                                    row, name((int) targets[0]), name(Floats.argmax(values.length, values, 0)), values)
                            : RowFactory.create(row, targets.clone(), values));
            if (rows.size() == PART) flush();
        }

        private void flush() {
            var floats = DataTypes.createArrayType(DataTypes.FloatType, false);
            var named = model.classes().isEmpty() ? DataTypes.IntegerType : DataTypes.StringType;
            StructType schema = new StructType().add("row", DataTypes.LongType, false);
            schema = model.classifies()
                    ? schema.add("label", named, false)
                            .add("prediction", named, false)
                            .add("probabilities", floats, false)
                    : schema.add("targets", floats, false).add("predictions", floats, false);
            spark.createDataFrame(rows, schema)
                    .coalesce(1)
                    .write()
                    .mode("append")
                    .parquet(path);
            rows.clear();
        }

        @Override
        public void close() throws IOException {
            try (spark) {
                flush();
            }
        }
    }
}
