package io.firesteel.data;

import io.firesteel.spec.SpecException;
import java.io.IOException;
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

/** One open file of a {@link Parquet}, of which only the columns that are needed are read. */
final class ParquetFile implements RowFile {
    private final String path;
    private final ParquetReader<Group> in;
    private final ParquetRows rows;
    private final Columns columns;
    private CellReader reader; // null until it is known what rows look like
    private long number = -1;
    private Row row;

    ParquetFile(Parquet source, String path) throws IOException {
        this.path = path;
        Configuration conf = Storage.configuration();
        MessageType whole = schema(path, conf);
        columns = source.columns(whole.getFields().stream().map(Type::getName).toList());
        for (String name : columns.seen())
            if (!whole.containsField(name))
                throw new SpecException(path + ": no column \"" + name + "\"; there is "
                        + whole.getFields().stream().map(Type::getName).toList());
        MessageType part = new MessageType(
                whole.getName(), columns.seen().stream().map(whole::getType).toList());
        rows = new ParquetRows(part);
        check(source);
        conf.set(ReadSupport.PARQUET_READ_SCHEMA, part.toString());
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

    private void check(Parquet source) {
        try {
            columns.checkFeatures(rows.schema());
            if (source.label() == null) columns.check(rows.schema());
        } catch (SpecException e) {
            throw new SpecException(path + ": " + e.getMessage());
        }
    }

    private interface Step<T> {
        T run() throws IOException;
    }

    /** The library throws what it likes at a damaged file. */
    private static <T> T parsing(Step<T> step) throws IOException {
        try {
            return step.run();
        } catch (RuntimeException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    Columns columns() {
        return columns;
    }

    StructType schema() {
        return rows.schema();
    }

    /** Rows are to be read as ones that look like {@code header}. */
    ParquetFile as(Header header, int classes, BadRows bad) {
        reader = new CellReader(columns, rows.schema(), header, classes, bad);
        return this;
    }

    @Override
    public boolean next() throws IOException {
        Group group = parsing(in::read);
        number++;
        row = group == null ? null : rows.row(group);
        return group != null;
    }

    /** The row as it stands. */
    Row row() {
        return row;
    }

    /** The label as text; null where it is missing. */
    String label() {
        Object label = row.get(columns.features().size());
        return label == null ? null : label.toString();
    }

    @Override
    public SpecException fill(Cells cells) {
        try {
            SpecException mended = reader.read(row, cells);
            return mended == null ? null : at(mended);
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
