package io.firesteel.source;

import io.firesteel.internal.files.HadoopFiles;
import io.firesteel.internal.files.SizedFile;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * How the files of a source are cut into splits, one a task, in the order of the rows: large files are cut, small ones
 * are bundled. Where the cuts are changes neither the rows nor their order.
 *
 * @param bytes the largest split
 * @param opening what opening a file costs, in bytes read meanwhile
 * @param tasks how many splits there are at least, if the files are large enough
 */
public record FileSplits(long bytes, long opening, int tasks) {
    private static final System.Logger LOG = System.getLogger("io.firesteel");

    /** As Spark cuts the files of a table. */
    static FileSplits asSpark(JavaSparkContext spark) {
        SparkConf conf = spark.getConf();
        return new FileSplits(
                conf.getSizeAsBytes("spark.sql.files.maxPartitionBytes", "128m"),
                conf.getSizeAsBytes("spark.sql.files.openCostInBytes", "4m"),
                spark.defaultParallelism());
    }

    /**
     * The splits of a source: ranges of files, in the order of the rows.
     *
     * @param cuts whether a part of a file can be read without the rest
     */
    public List<List<FileRange>> of(List<SizedFile> files, boolean cuts) throws IOException {
        long total = files.size() * opening;
        for (SizedFile file : files) total += file.bytes();
        long goal = Math.max(1, Math.min(bytes, Math.max(opening, total / tasks)));
        List<List<FileRange>> splits = new ArrayList<>();
        List<FileRange> bundle = new ArrayList<>();
        long bundled = 0;
        for (SizedFile file : files) {
            long pieces = pieces(cuts, file, goal), piece = (file.bytes() + pieces - 1) / pieces;
            for (long p = 0; p < pieces; p++) {
                if (!bundle.isEmpty() && bundled + piece + opening > goal) {
                    splits.add(List.copyOf(bundle));
                    bundle.clear();
                    bundled = 0;
                }
                bundle.add(new FileRange(file.path(), p * piece, p + 1 < pieces ? (p + 1) * piece : Long.MAX_VALUE));
                bundled += piece + opening;
            }
        }
        if (!bundle.isEmpty()) splits.add(List.copyOf(bundle));
        return splits;
    }

    private static long pieces(boolean cuts, SizedFile file, long goal) throws IOException {
        if (file.bytes() <= goal || !cuts) return 1;
        if (!HadoopFiles.isCompressed(file.path())) return (file.bytes() + goal - 1) / goal;
        LOG.log(Level.INFO, "{0}: compressed, so one task reads it whole", file.path());
        return 1;
    }
}
