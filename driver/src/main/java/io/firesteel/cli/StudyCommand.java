package io.firesteel.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.internal.files.FolderLock;
import io.firesteel.internal.files.HadoopFiles;
import io.firesteel.spec.SpecException;
import io.firesteel.studies.Study;
import io.firesteel.studies.StudyProgress;
import io.firesteel.studies.StudyRunner;
import io.firesteel.studies.report.StudyReport;
import io.firesteel.studies.scaling.SystemBenchmark;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "study",
        mixinStandardHelpOptions = true,
        description = "Measures how steps and time to a goal change with the batch size.")
final class StudyCommand implements Callable<Integer> {
    @Parameters(paramLabel = "STUDY.json", description = "the study: run file, goals, batches, rules, search, caps")
    private String file;

    @Option(names = "--out", paramLabel = "DIR", description = "output folder (default: runs/NAME-1, -2, ...)")
    private String out;

    @Option(names = "--resume", description = "resume the study in --out; finished trials are reused")
    private boolean resume;

    @Option(names = "--export", description = "also write DIR/export, in the layout of the data of Shallue et al. 2018")
    private boolean export;

    @Option(names = "--allow-mixed", description = "allow machines that compute different bits")
    private boolean allowMixed;

    @Override
    public Integer call() throws IOException {
        StudyRunner investigation = new StudyRunner(Study.read(file));
        if (resume && out == null) throw new SpecException("--resume: give --out, the folder of the study to resume");
        String folder = out == null ? freeFolder(investigation.study().name()) : out;
        HadoopFiles.writable(folder);
        try (FolderLock lock = FolderLock.take(folder)) {
            lock.check();
            if (!resume && HadoopFiles.exists(folder + "/study.json"))
                throw new SpecException(
                        folder + ": holds a study; give another --out, pass --resume to resume it, or remove it");
            conduct(investigation, folder);
        }
        return 0;
    }

    private void conduct(StudyRunner investigation, String folder) throws IOException {
        try (JavaSparkContext spark = new JavaSparkContext(investigation.sparkConf())) {
            ObjectNode summary = investigation.conduct(
                    spark, folder, new StudyProgress(System.out, Terminal.isAttached()), export, allowMixed);
            Study study = investigation.study();
            if (!study.workers().isEmpty())
                SystemBenchmark.measure(spark, investigation.run(), study.workers(), study.batches(), folder);
            StudyReport.write(folder);
            report(summary, folder);
        } finally {
            HadoopFiles.deleteIfEmpty(folder); // where bad rows ended the study before its first trial
        }
    }

    /** The first of runs/NAME-1, runs/NAME-2, ... that does not exist. */
    private static String freeFolder(String name) throws IOException {
        int number = 1;
        while (HadoopFiles.exists("runs/" + name + "-" + number)) number++;
        return "runs/" + name + "-" + number;
    }

    private static void report(ObjectNode summary, String folder) {
        summary.get("warnings")
                .forEach(warning ->
                        System.out.println("warning: " + warning.get("text").textValue()));
        System.out.println(summary.get("conclusion").textValue());
        System.out.println("written to " + folder + ", the report is report.html");
    }
}
