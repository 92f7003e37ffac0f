package io.firesteel.data;

import io.firesteel.spec.SpecException;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** One open file of rows, read from its start to its end. One thread's. */
interface RowFile extends Closeable {
    /** Goes to the next row; false at the end. Throws where the file goes on but cannot be read. */
    boolean next() throws IOException;

    /**
     * Puts the row into the cells, or throws; with {@code Impute} bad features are replaced and the first is returned,
     * else null.
     */
    SpecException fill(Cells cells);

    /** Opens a file; throws where it has no rows that fit the others'. */
    interface Opening {
        RowFile open(String path) throws IOException;
    }

    /**
     * Sends the rows of several files, one after the other. A file that cannot be read, or not to its end, counts as
     * one bad row.
     *
     * @param source what the files are called together
     */
    static Census read(String source, List<String> files, Header header, BadRows bad, Opening opening, Sink sink)
            throws IOException {
        Census census = new Census(bad);
        Cells cells = new Cells(header);
        for (String path : files) {
            try (RowFile file = open(opening, path, census)) {
                while (file != null && next(file, path, census)) {
                    if (!sink.wants(census.rows())) census.keep();
                    else if (filled(file, cells, census)) sink.accept(census.keep(), cells);
                }
            }
        }
        if (census.rows() == 0) throw new SpecException(source + ": zero rows; training needs at least one");
        return census;
    }

    private static RowFile open(Opening opening, String path, Census census) {
        try {
            return opening.open(path);
        } catch (SpecException e) {
            census.skip(e);
        } catch (IOException e) {
            census.skip(unreadable(path, e));
        }
        return null;
    }

    private static boolean next(RowFile file, String path, Census census) {
        try {
            return file.next();
        } catch (SpecException e) {
            census.skip(e);
        } catch (IOException e) {
            census.skip(unreadable(path, e));
        }
        return false;
    }

    private static boolean filled(RowFile file, Cells cells, Census census) {
        try {
            SpecException mended = file.fill(cells);
            if (mended != null) census.impute(mended);
            return true;
        } catch (SpecException e) {
            census.skip(e);
            return false;
        }
    }

    /** What {@code look} sees in the first file where it sees something; throws where there is none. */
    static <T> T first(String source, List<String> files, BadRows bad, Opening opening, Look<T> look) {
        Census census = new Census(bad);
        for (String path : files) {
            try (RowFile file = opening.open(path)) {
                T seen = look.at(file);
                if (seen != null) return seen;
            } catch (SpecException e) {
                census.skip(e);
            } catch (IOException e) {
                census.skip(unreadable(path, e));
            }
        }
        if (census.first().isEmpty()) throw new SpecException(source + ": zero rows; training needs at least one");
        throw new SpecException(source + ": no file in it can be read; " + String.join("; ", census.first()));
    }

    /** Takes a look at an open file; null where there is nothing to see. */
    interface Look<T> {
        T at(RowFile file) throws IOException;
    }

    static SpecException unreadable(String path, IOException e) {
        String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return new SpecException(path + ": cannot be read (" + reason + "); fetch the file again", e);
    }
}
