package io.firesteel.source;

import io.firesteel.internal.files.HadoopFiles;
import io.firesteel.spec.SpecException;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.util.LineReader;

/**
 * The lines that begin in a range of a file of UTF-8 text, with or without a byte order mark. A cut may be anywhere,
 * also within a line. Not thread-safe.
 */
final class TextLines implements Closeable {
    private static final int BUFFER = 1 << 16;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final FileRange range;
    private final LineReader in;
    private final Text line = new Text();
    private long start; // where the next line begins
    private long read; // lines of this range so far
    private long before = -1; // lines of the file before this range; -1 until asked for

    TextLines(FileRange range) throws IOException {
        this.range = range;
        start = Math.max(0, range.from() - 1);
        in = new LineReader(HadoopFiles.open(range.path(), start), BUFFER);
        if (range.from() > 0) start += in.readLine(line); // that line is the range's before; a line break is nobody's
    }

    /** Whether these are all lines of the file. */
    boolean isWhole() {
        return range.isWhole();
    }

    /** The next line; null at the end. */
    String next() throws IOException {
        if (start >= range.to()) return null;
        boolean first = start == 0;
        int length = in.readLine(line);
        if (length == 0) return null;
        start += length;
        read++;
        if (first && isUtf16())
            throw new SpecException(range.path() + ": is UTF-16, wanted UTF-8; convert it, as iconv does");
        String text = line.toString();
        return first && text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }

    /** The number of the current line in its file, from 1. Reads what is before the range; meant for bad rows. */
    long number() {
        try {
            if (before < 0) before = range.from() == 0 ? 0 : linesBefore();
            return before + read;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long linesBefore() throws IOException {
        try (TextLines head = new TextLines(new FileRange(range.path(), 0, range.from()))) {
            while (head.next() != null) continue;
            return head.read;
        }
    }

    private boolean isUtf16() {
        byte[] bytes = line.getBytes();
        if (line.getLength() < 2) return false;
        return bytes[0] == (byte) 0xfe && bytes[1] == (byte) 0xff || bytes[0] == (byte) 0xff && bytes[1] == (byte) 0xfe;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
