package io.firesteel.source;

import io.firesteel.internal.files.SizedFile;
import io.firesteel.row.RowConsumer;
import io.firesteel.row.RowCounts;
import io.firesteel.row.RowScan;
import io.firesteel.row.RowSchema;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/** Files in a format that Firesteel reads itself, in splits. */
public sealed interface FileSource extends Source permits Idx, Csv, LibSvm, Images, Cifar {
    String path();

    @Override
    default String name() {
        return path();
    }

    /** Its files, in the order of their rows; without those that belong to them. */
    List<SizedFile> files() throws IOException;

    /** Whether a part of a file can be read without the rest. */
    default boolean cuts() {
        return true;
    }

    /**
     * Passes every usable row of some ranges of its files to the consumer, in order, numbered from 0.
     *
     * @param schema the rows of the whole source, which this source was made {@link #like}
     */
    RowCounts read(List<FileRange> ranges, RowSchema schema, int classes, RowConsumer sink) throws IOException;

    @Override
    default RowCounts read(RowSchema schema, int classes, RowConsumer sink) throws IOException {
        return read(files().stream().map(file -> FileRange.whole(file.path())).toList(), schema, classes, sink);
    }

    @Override
    default JavaRDD<RowScan> scans(JavaSparkContext spark, RowSchema schema, int classes) throws IOException {
        List<List<FileRange>> splits = FileSplits.asSpark(spark).of(files(), cuts());
        List<String[]> texts = splits.stream()
                .map(ranges -> ranges.stream().map(FileRange::text).toArray(String[]::new))
                .toList();
        return spark.parallelize(texts, Math.max(1, splits.size()))
                .mapPartitionsWithIndex((number, mine) -> scans(number, mine, schema, classes), true);
    }

    private Iterator<RowScan> scans(int number, Iterator<String[]> texts, RowSchema schema, int classes) {
        if (!texts.hasNext()) return Collections.emptyIterator();
        List<FileRange> ranges =
                Arrays.stream(texts.next()).map(FileRange::parse).toList();
        RowScan scan = sink -> {
            sink.segment("", number);
            return read(ranges, schema, classes, sink);
        };
        return List.of(scan).iterator();
    }
}
