package io.firesteel.source;

import io.firesteel.internal.files.HadoopFiles;
import io.firesteel.internal.table.ColumnRoles;
import io.firesteel.internal.table.RowParser;
import io.firesteel.model.ModelColumns;
import io.firesteel.row.BadRows;
import io.firesteel.row.RowBuffer;
import io.firesteel.row.RowSchema;
import io.firesteel.spec.SpecException;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** One open Parquet file; only the needed columns are read. */
final class ParquetRowReader implements RowReader {
    private final String path;
    private final ParquetReader<Group> in;
    private final ParquetRecords rows;
    private final ColumnRoles columns;
    private RowParser parser; // null until the row schema is known
    private long number = -1;
    private Row row;

    /**
     * Reads the columns that {@code roles} picks from the column names; {@code classifies} if the target is a class
     * label.
     */
    ParquetRowReader(String path, Function<List<String>, ColumnRoles> roles, boolean classifies) throws IOException {
        this.path = path;
        Configuration conf = HadoopFiles.configuration();
        MessageType whole = schema(path, conf);
        List<String> names = whole.getFields().stream().map(Type::getName).toList();
        columns = roles.apply(names);
        ModelColumns.check(path, columns.seen(), names);
        MessageType projection = new MessageType(
                whole.getName(), columns.seen().stream().map(whole::getType).toList());
        rows = new ParquetRecords(projection);
        check(classifies);
        conf.set(ReadSupport.PARQUET_READ_SCHEMA, projection.toString());
        in = parsing(() -> ParquetReader.builder(new GroupReadSupport(), new Path(path))
                .withConf(conf)
                .build());
    }

    private static MessageType schema(String path, Configuration conf) throws IOException {
        return parsing(() -> {
            try (ParquetFileReader file = ParquetFileReader.open(HadoopInputFile.fromPath(new Path(path), conf))) {
                return file.getFooter().getFileMetaData().getSchema();
            }
        });
    }

    private void check(boolean classifies) {
        try {
            columns.checkFeatures(rows.schema());
            if (!classifies) columns.check(rows.schema());
        } catch (SpecException e) {
            throw new SpecException(path + ": " + e.getMessage());
        }
    }

    private interface ParquetCall<T> {
        T run() throws IOException;
    }

    /** Parquet's reader throws all kinds of exceptions at a corrupt file. */
    private static <T> T parsing(ParquetCall<T> call) throws IOException {
        try {
            return call.run();
        } catch (RuntimeException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    ColumnRoles columns() {
        return columns;
    }

    StructType schema() {
        return rows.schema();
    }

    ModelColumns named() {
        return columns.named(rows.schema());
    }

    /** Sets the schema that rows are read with. */
    ParquetRowReader as(RowSchema rowSchema, int classes, BadRows bad) {
        parser = new RowParser(columns, rows.schema(), rowSchema, classes, bad);
        return this;
    }

    @Override
    public boolean next() throws IOException {
        Group group = parsing(in::read);
        number++;
        row = group == null ? null : rows.row(group);
        return group != null;
    }

    /** The current row. */
    Row row() {
        return row;
    }

    /** The label as text; null if it is missing. */
    String label() {
        Object label = row.get(columns.features().size());
        return label == null ? null : label.toString();
    }

    @Override
    public SpecException fill(RowBuffer buffer) {
        try {
            SpecException imputed = parser.read(row, buffer);
            return imputed == null ? null : at(imputed);
        } catch (SpecException e) {
            throw at(e);
        }
    }

    private SpecException at(SpecException e) {
        return new SpecException(path + " row " + number + ": " + e.getMessage());
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
