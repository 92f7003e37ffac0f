package io.firesteel.internal.files;

import io.firesteel.spec.SpecException;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.GlobPattern;
import org.apache.hadoop.fs.Path;

/**
 * A file or folder that is about to be written: it is there whole or not at all, is never one that is being read, and
 * what it replaces is kept until it is complete. Whoever writes it, writes to {@link #aside}.
 */
public final class OutputFile implements AutoCloseable {
    private final String path;
    private final String aside;

    public OutputFile(String path) {
        this.path = path;
        this.aside = path + "." + UUID.randomUUID().toString().substring(0, 8) + ".part"; // of this writer alone
    }

    /**
     * Throws if writing {@code out} would change one of {@code inputs}: files, folders, or patterns.
     *
     * @param option the name of the option that gave {@code out}, for the message
     */
    public static void apart(String option, String out, List<String> inputs) throws IOException {
        spares(option, out, inputs);
        String to = whole(out);
        for (String input : inputs) {
            String from = whole(input);
            if (to.startsWith(from + "/")
                    || GlobPattern.compile(from).matcher(to).matches())
                throw new SpecException(option + " " + out + ": is among the files of " + input
                        + ", which is read; give another " + option);
        }
    }

    /** Throws if writing {@code out} would replace one of {@code inputs}. */
    public static void spares(String option, String out, List<String> inputs) throws IOException {
        String to = whole(out);
        for (String input : inputs)
            if ((whole(input) + "/").startsWith(to + "/"))
                throw new SpecException(
                        option + " " + out + ": would replace " + input + ", which is read; give another " + option);
    }

    /** Throws if {@code out}, which will be a file, is a folder today. */
    public static void file(String option, String out) throws IOException {
        FileSystem system = HadoopFiles.system(out);
        Path path = HadoopFiles.path(out);
        if (system.exists(path) && system.getFileStatus(path).isDirectory())
            throw new SpecException(option + " " + out + ": is a folder; give the name of a file");
    }

    /** Throws if {@code out}, which will be a folder of Parquet files, holds others today. */
    public static void parquet(String option, String out) throws IOException {
        for (String name : HadoopFiles.list(out))
            if (!name.matches("[._].*|part-.*|.*\\.parquet"))
                throw new SpecException(option + " " + out + ": is a folder that holds " + name
                        + ", which would be lost; give another " + option);
    }

    /** The path with scheme and without links, so that two names of one file are equal. */
    private static String whole(String given) throws IOException {
        Path path = HadoopFiles.system(given).makeQualified(HadoopFiles.path(given));
        if (!path.toUri().getScheme().equals("file")) return path.toString();
        java.nio.file.Path local = java.nio.file.Path.of(path.toUri().getPath()).normalize();
        for (java.nio.file.Path at = local; at != null; at = at.getParent())
            if (java.nio.file.Files.exists(at))
                return "file:" + at.toRealPath().resolve(at.relativize(local)).normalize();
        return "file:" + local;
    }

    /** Where to write. */
    public String aside() {
        return aside;
    }

    /** Puts what was written {@link #aside} in its place. */
    public void complete() throws IOException {
        complete(aside);
    }

    /** The same for a part of it. */
    public void complete(String written) throws IOException {
        String before = aside + ".old";
        boolean replaces = HadoopFiles.exists(path);
        if (replaces) HadoopFiles.move(path, before);
        try {
            HadoopFiles.move(written, path);
        } catch (IOException e) {
            if (replaces) HadoopFiles.move(before, path);
            throw e;
        }
        if (replaces) HadoopFiles.delete(before);
    }

    /** Removes what was written and not completed. */
    @Override
    public void close() throws IOException {
        HadoopFiles.delete(aside);
    }
}
