package io.firesteel.internal.files;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** A file that is being written; each failure names it, as that of a full disk. */
final class NamedOutput extends FilterOutputStream {
    private final String path;

    NamedOutput(String path, OutputStream out) {
        super(out);
        this.path = path;
    }

    static IOException failed(String path, IOException e) {
        String reason = e.getMessage() == null ? e.toString() : e.getMessage();
        return new IOException(
                path + ": cannot be written (" + reason.lines().findFirst().orElse("")
                        + "); see to room and rights there, or write elsewhere",
                e);
    }

    @Override
    public void write(int b) throws IOException {
        try {
            out.write(b);
        } catch (IOException e) {
            throw failed(path, e);
        }
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        try {
            out.write(bytes, from, length);
        } catch (IOException e) {
            throw failed(path, e);
        }
    }

    @Override
    public void flush() throws IOException {
        try {
            out.flush();
        } catch (IOException e) {
            throw failed(path, e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            out.close();
        } catch (IOException e) {
            throw failed(path, e);
        }
    }
}
