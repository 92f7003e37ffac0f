package io.firesteel.source;

import io.firesteel.internal.files.SizedFile;
import io.firesteel.row.BadRows;
import io.firesteel.row.RowBuffer;
import io.firesteel.row.RowConsumer;
import io.firesteel.row.RowCounts;
import io.firesteel.row.RowSchema;
import io.firesteel.spec.SpecException;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** One open file of rows, read from start to end. Not thread-safe. */
interface RowReader extends Closeable {
    /** Moves to the next row; false at the end. Throws if the rest of the file cannot be read. */
    boolean next() throws IOException;

    /**
     * Copies the row to the buffer; throws if the row cannot be used. With {@code Impute}, bad features are replaced
     * and the first error is returned, so that it is counted; else null.
     */
    SpecException fill(RowBuffer buffer);

    /** Opens a file; throws if its rows do not fit those of the other files. */
    interface Opening {
        RowReader open(FileRange range) throws IOException;
    }

    /**
     * Reads several ranges of files one after the other. A range that cannot be read to its end counts as one bad row.
     */
    static RowCounts read(List<FileRange> ranges, RowSchema schema, BadRows bad, Opening opening, RowConsumer sink)
            throws IOException {
        RowCounts counts = new RowCounts(bad);
        RowBuffer buffer = new RowBuffer(schema);
        for (FileRange range : ranges) {
            try (RowReader file = open(opening, range, bad, counts)) {
                while (file != null && next(file, range.path(), counts))
                    if (filled(file, buffer, counts)) sink.accept(counts.keep(), buffer);
            }
        }
        return counts;
    }

    private static RowReader open(Opening opening, FileRange range, BadRows bad, RowCounts counts) {
        try {
            return opening.open(range);
        } catch (SpecException e) {
            if (range.from() == 0 || bad instanceof BadRows.Fail) counts.skip(e); // once per file
        } catch (IOException e) {
            counts.skip(unreadable(range.path(), e));
        }
        return null;
    }

    private static boolean next(RowReader file, String path, RowCounts counts) {
        try {
            return file.next();
        } catch (CutRowException e) {
            throw e;
        } catch (SpecException e) {
            counts.skip(e);
        } catch (IOException e) {
            counts.skip(unreadable(path, e));
        }
        return false;
    }

    private static boolean filled(RowReader file, RowBuffer buffer, RowCounts counts) {
        try {
            SpecException imputed = file.fill(buffer);
            if (imputed != null) counts.impute(imputed);
            return true;
        } catch (SpecException e) {
            counts.skip(e);
            return false;
        }
    }

    /** The first non-null result of {@code look} over the files; throws if there is none. */
    static <T> T first(String source, List<SizedFile> files, BadRows bad, Opening opening, Look<T> look) {
        RowCounts counts = new RowCounts(bad);
        for (SizedFile each : files) {
            try (RowReader file = opening.open(FileRange.whole(each.path()))) {
                T found = look.at(file);
                if (found != null) return found;
            } catch (SpecException e) {
                counts.skip(e);
            } catch (IOException e) {
                counts.skip(unreadable(each.path(), e));
            }
        }
        if (counts.first().isEmpty()) throw new SpecException(source + ": zero rows; training needs at least one");
        throw new SpecException(source + ": no file in it can be read; " + String.join("; ", counts.first()));
    }

    /** Looks at an open file; null if it has nothing of interest. */
    interface Look<T> {
        T at(RowReader file) throws IOException;
    }

    static SpecException unreadable(String path, IOException e) {
        String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return new SpecException(path + ": cannot be read (" + reason + "); fetch the file again", e);
    }
}
