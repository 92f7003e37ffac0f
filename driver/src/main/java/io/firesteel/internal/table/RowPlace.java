package io.firesteel.internal.table;

import io.firesteel.spec.SpecException;
import java.net.URI;
import java.util.Arrays;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/** Where the current row of a table is: in which file, block and row of it, or in which row of a partition. */
final class RowPlace {
    private final int pathAt; // column of the file's path; -1 outside of files
    private final int startAt;
    private final int rowAt; // column of the row's number in its file; -1 where Spark does not tell
    private final int partition;

    private UTF8String url;
    private String path = "";
    private long start;
    private long row = -1; // in its file if Spark tells, else since the segment began

    private RowPlace(int pathAt, int startAt, int rowAt, int partition) {
        this.pathAt = pathAt;
        this.startAt = startAt;
        this.rowAt = rowAt;
        this.partition = partition;
    }

    static RowPlace inPartition(int index) {
        return new RowPlace(-1, -1, -1, index);
    }

    /** {@code schema} has the columns of {@link FileMetadata}. */
    static RowPlace inFiles(StructType schema) {
        boolean told = Arrays.asList(schema.fieldNames()).contains(FileMetadata.ROW);
        return new RowPlace(
                schema.fieldIndex(FileMetadata.PATH),
                schema.fieldIndex(FileMetadata.START),
                told ? schema.fieldIndex(FileMetadata.ROW) : -1,
                -1);
    }

    /** Moves to a row; true if it begins a segment. */
    boolean next(InternalRow found) {
        boolean begins = pathAt < 0 ? row < 0 : isElsewhere(found);
        row = rowAt >= 0 ? found.getLong(rowAt) : begins ? 0 : row + 1;
        return begins;
    }

    private boolean isElsewhere(InternalRow found) {
        long at = found.getLong(startAt);
        UTF8String in = found.getUTF8String(pathAt);
        if (at == start && in.equals(url)) return false;
        url = in.clone();
        path = decoded(url.toString());
        start = at;
        return true;
    }

    /** Spark tells a URI, whose path is escaped. */
    private static String decoded(String uri) {
        String path = new Path(URI.create(uri)).toString();
        return path.startsWith("file:") ? path.substring("file:".length()) : path;
    }

    String path() {
        return path;
    }

    long start() {
        return pathAt < 0 ? partition : start;
    }

    /** A message about the current row, which begins with its place. */
    SpecException of(SpecException bad) {
        String counted = pathAt >= 0 && rowAt < 0 && start > 0 ? " after byte " + start : "";
        return new SpecException(
                (pathAt < 0 ? "partition " + partition : path) + " row " + row + counted + ": " + bad.getMessage());
    }
}
