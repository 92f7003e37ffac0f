package io.firesteel.source;

import io.firesteel.internal.files.HadoopFiles;
import io.firesteel.spec.SpecException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * The files of a Parquet table, those that can be read and those whose footer cannot.
 *
 * @param messages what is wrong with each of the others
 */
record TornFiles(String[] whole, List<String> messages) {
    /** Opens every file. */
    static TornFiles of(SparkSession spark, String path) {
        List<String> files = Arrays.stream(
                        spark.read().format("binaryFile").load(path).inputFiles())
                .sorted()
                .toList();
        List<String> checked = JavaSparkContext.fromSparkContext(spark.sparkContext())
                .parallelize(files)
                .map(TornFiles::message)
                .collect();
        List<String> whole = new ArrayList<>(), messages = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            if (checked.get(i).isEmpty()) whole.add(files.get(i));
            else messages.add(checked.get(i));
        }
        if (whole.isEmpty())
            throw new SpecException(path + ": no file in it can be read" + (messages.isEmpty() ? "" : "; " + messages));
        return new TornFiles(whole.toArray(new String[0]), messages);
    }

    /** What is wrong with a file; empty if nothing. */
    private static String message(String file) {
        try (ParquetFileReader open =
                ParquetFileReader.open(HadoopInputFile.fromPath(new Path(file), HadoopFiles.configuration()))) {
            return open.getFooter() == null ? file : "";
        } catch (IOException | RuntimeException e) {
            String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            return file.replaceFirst("^file:/*", "/") + ": cannot be read (" + reason + "); fetch the file again";
        }
    }
}
