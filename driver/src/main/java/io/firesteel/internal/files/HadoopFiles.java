package io.firesteel.internal.files;

import io.firesteel.spec.SpecException;
import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.GlobFilter;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.deploy.SparkHadoopUtil;

/** Files by path or URI on any of Hadoop's file systems: {@code file}, {@code hdfs}, {@code s3a}. */
public final class HadoopFiles {
    private static final int BUFFER = 1 << 16;

    private static Configuration shared;
    private static WeakReference<SparkEnv> owner;

    private HadoopFiles() {}

    /** Opens a file for reading; what is compressed is recognized by its first bytes. */
    public static InputStream open(String path) throws IOException {
        BufferedInputStream in = raw(path);
        return Compression.of(in).decoded(in);
    }

    private static BufferedInputStream raw(String path) throws IOException {
        try {
            return new BufferedInputStream(system(path).open(path(path)), BUFFER);
        } catch (FileNotFoundException e) {
            if (exists(path)) throw new SpecException(path + ": is a folder, wanted a file; give the file in it", e);
            throw new SpecException(path + ": no such file; check the path, or fetch the data first", e);
        }
    }

    /** Opens a file at a byte of it; as {@link #open(String)} at its start, as it is elsewhere. */
    public static InputStream open(String path, long from) throws IOException {
        if (from == 0) return open(path);
        FSDataInputStream in = system(path).open(path(path), BUFFER);
        in.seek(from);
        return in;
    }

    /** Whether a file is compressed, so that nothing in it can be read without what is before. */
    public static boolean isCompressed(String path) throws IOException {
        try (BufferedInputStream in = new BufferedInputStream(system(path).open(path(path)), Long.BYTES)) {
            return Compression.of(in) != Compression.NONE;
        }
    }

    /** A file that is named. */
    public static SizedFile file(String path) throws IOException {
        return new SizedFile(path, system(path).getFileStatus(path(path)).getLen());
    }

    /** The bytes that this thread has read so far, as Hadoop counts them. */
    @SuppressWarnings("deprecation") // what replaces it does not count by thread
    public static long bytesRead() {
        return FileSystem.getAllStatistics().stream()
                .mapToLong(each -> each.getThreadStatistics().getBytesRead())
                .sum();
    }

    /** The text of a file, which is UTF-8, with or without a byte order mark. */
    public static String text(String path) throws IOException {
        try (InputStream in = open(path)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        }
    }

    /** Creates or replaces a file and the folders above it; what cannot be written is told with the file's name. */
    public static OutputStream create(String path) throws IOException {
        try {
            return new NamedOutput(path, system(path).create(path(path), true, BUFFER));
        } catch (IOException e) {
            throw NamedOutput.failed(path, e);
        }
    }

    /** When a file was written, in milliseconds of the file system's clock; 0 if there is none. */
    static long modified(String path) throws IOException {
        try {
            return system(path).getFileStatus(path(path)).getModificationTime();
        } catch (FileNotFoundException e) {
            return 0;
        }
    }

    public static boolean exists(String path) throws IOException {
        return system(path).exists(path(path));
    }

    /** The names in a folder, sorted; none if there is no such folder. */
    public static List<String> list(String folder) throws IOException {
        if (!exists(folder)) return List.of();
        return Arrays.stream(system(folder).listStatus(path(folder)))
                .map(found -> found.getPath().getName())
                .sorted()
                .toList();
    }

    /**
     * The files that a path names: the file itself, those in a folder, or those that match a pattern; without hidden
     * ones, sorted by name.
     */
    public static List<SizedFile> files(String path) throws IOException {
        FileStatus[] found = exists(path) ? new FileStatus[] {system(path).getFileStatus(path(path))} : matches(path);
        if (found == null || found.length == 0)
            throw new SpecException(path + ": no such file; check the path, or fetch the data first");
        if (found.length == 1 && found[0].isDirectory()) found = system(path).listStatus(found[0].getPath());
        List<SizedFile> files = Arrays.stream(found)
                .filter(file -> file.isFile() && !isHidden(file.getPath()))
                .map(file -> new SizedFile(name(file.getPath()), file.getLen()))
                .sorted(Comparator.comparing(SizedFile::path))
                .toList();
        if (files.isEmpty() && found.length > 0)
            throw new SpecException(path + ": no file to read; it names " + found.length + ", as "
                    + found[0].getPath().getName() + ", but folders in folders, and files whose names begin with . "
                    + "or _, which are hidden, are not read");
        return files;
    }

    /** Null if there is none. */
    private static FileStatus[] matches(String pattern) throws IOException {
        try {
            return system(pattern).globStatus(path(pattern));
        } catch (IOException e) {
            if (!String.valueOf(e.getMessage()).startsWith("Illegal file pattern")) throw e;
            return null;
        } catch (IllegalArgumentException e) { // a colon in a name beside it
            Path path = path(pattern);
            GlobFilter names = new GlobFilter(path.getName());
            return Arrays.stream(system(pattern).listStatus(path.getParent()))
                    .filter(file -> names.accept(file.getPath()))
                    .toArray(FileStatus[]::new);
        }
    }

    /** All files in a folder and its subfolders, relative to it; without hidden ones, sorted by name. */
    public static List<SizedFile> tree(String folder) throws IOException {
        if (!exists(folder))
            throw new SpecException(folder + ": no such folder; check the path, or fetch the data first");
        FileSystem system = system(folder);
        int root = system.makeQualified(path(folder)).toUri().getPath().length() + 1;
        List<SizedFile> files = new ArrayList<>();
        RemoteIterator<LocatedFileStatus> found = system.listFiles(path(folder), true);
        while (found.hasNext()) {
            LocatedFileStatus next = found.next();
            Path file = next.getPath();
            String inside = file.toUri().getPath().substring(root);
            if (!isHidden(file) && !inside.startsWith(".") && !inside.contains("/."))
                files.add(new SizedFile(inside, next.getLen()));
        }
        files.sort(Comparator.comparing(SizedFile::path));
        return files;
    }

    private static boolean isHidden(Path path) {
        return path.getName().matches("[._].*");
    }

    private static String name(Path path) {
        String name = path.toString();
        return name.startsWith("file:") ? name.substring("file:".length()) : name;
    }

    /** A path as Hadoop has it; a colon in a relative name does not make a file system of what is before it. */
    static Path path(String path) {
        if (path.isEmpty()) throw new SpecException("\"\": an empty path; name a file or a folder");
        try {
            return new Path(path);
        } catch (IllegalArgumentException e) {
            return new Path(null, null, path);
        }
    }

    /** Moves a file or folder to a name that is not in use. */
    public static void move(String from, String to) throws IOException {
        if (!system(to.contains(":") ? to : from).rename(path(from), path(to)))
            throw new IOException("cannot move " + from + " to " + to);
    }

    /** Removes a file, or a folder with its contents, if it exists. */
    public static void delete(String path) throws IOException {
        system(path).delete(path(path), true);
    }

    /** Removes a folder that has nothing in it. */
    public static void deleteIfEmpty(String folder) throws IOException {
        Path path = path(folder);
        if (system(folder).exists(path) && system(folder).listStatus(path).length == 0)
            system(folder).delete(path, false);
    }

    /** Creates the folder if it does not exist, and checks that a file can be written in it. */
    public static void writable(String folder) {
        try {
            if (!system(folder).mkdirs(path(folder))) throw new IOException("it cannot be created");
            Path probe = new Path(path(folder), ".firesteel-probe");
            system(folder).create(probe, true).close();
            system(folder).delete(probe, false);
        } catch (IOException e) {
            throw new SpecException(folder + ": not a writable folder (" + e.getMessage() + "); give another --out", e);
        }
    }

    /** {@code path} resolved against {@code folder}, unless it is absolute or a URI. */
    public static String resolve(String folder, String path) {
        Path given = path(path);
        if (given.isAbsolute() || given.toUri().getScheme() != null) return path;
        Path whole = folder.isEmpty() ? given : new Path(path(folder), given);
        try {
            return name(system(whole.toString()).makeQualified(whole));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folder that a file is in; empty for the working folder. */
    public static String folder(String path) {
        Path parent = path(path).getParent();
        return parent == null ? "" : parent.toString();
    }

    /** Hadoop's settings, including those given to Spark; a copy of the caller's own. */
    public static Configuration configuration() {
        return new Configuration(shared());
    }

    /** Read from its files once per Spark, not once per file that is opened. */
    private static synchronized Configuration shared() {
        SparkEnv spark = SparkEnv.get();
        if (shared == null || owner.get() != spark) {
            shared = SparkHadoopUtil.get().newConfiguration(spark == null ? new SparkConf() : spark.conf());
            owner = new WeakReference<>(spark);
        }
        return shared;
    }

    static FileSystem system(String path) throws IOException {
        try {
            FileSystem system = path(path).getFileSystem(shared());
            if (system instanceof LocalFileSystem local && path(path).getName().contains(":"))
                return local.getRaw(); // the other one has a name for its checksum that is no path
            system.setWriteChecksum(false); // no .crc files beside ours
            return system;
        } catch (UnsupportedFileSystemException e) {
            throw new SpecException(
                    path + ": no file system for what is before the colon; give a path, or a URI such as hdfs://, "
                            + "s3a:// or file://, whose file system is on the class path",
                    e);
        }
    }
}
