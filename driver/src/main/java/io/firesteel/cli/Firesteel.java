package io.firesteel.cli;

import io.firesteel.spec.SpecException;
import io.firesteel.train.DivergedException;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.apache.spark.util.Utils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import scala.collection.JavaConverters;

/** The main class. Exit codes: 0 done, 1 the run failed, 2 bad arguments or a bad file, 3 training diverged. */
@Command(
        name = "firesteel",
        mixinStandardHelpOptions = true,
        versionProvider = Firesteel.Version.class,
        description = "Trains neural networks by synchronous data parallelism on Apache Spark, on CPUs.",
        subcommands = {
            TrainCommand.class,
            StudyCommand.class,
            EvaluateCommand.class,
            PredictCommand.class,
            ExportCommand.class,
            ImportCommand.class,
            InspectCommand.class,
            DoctorCommand.class
        },
        footer = {
            "",
            "firesteel cluster up|status|down runs Spark's standalone cluster on this machine.",
            "Before or after the command: --master M, --conf k=v, --deploy-mode D go to spark-submit.",
            "FIRESTEEL_STACKTRACE=1 shows where an error came from."
        })
public final class Firesteel implements Callable<Integer> {
    private static final Pattern SPARK_ENDED = Pattern.compile("stopped SparkContext|SparkContext was shut down");
    static final int FAILED = 1;
    static final int BAD_INPUT = 2;
    static final int DIVERGED = 3;

    public static void main(String[] args) {
        Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
        settings();
        SubmitAsNobody.nameUser();
        System.exit(run(args));
    }

    /**
     * Without Spark's submit, which does this too: the settings of spark-defaults.conf that are not given otherwise.
     */
    @SuppressWarnings("deprecation") // what Scala has for this in place of it, 2.12 has not
    private static void settings() {
        if (System.getProperty("SPARK_SUBMIT") != null) return;
        String file = Utils.getDefaultPropertiesFile(Utils.getDefaultPropertiesFile$default$1());
        if (file == null) return;
        JavaConverters.mapAsJavaMap(Utils.getPropertiesFromFile(file)).forEach((key, value) -> {
            if (key.startsWith("spark.")) System.getProperties().putIfAbsent(key, value);
        });
    }

    /** Runs a command line; returns its exit code. */
    public static int run(String... args) {
        CommandLine command = new CommandLine(new Firesteel());
        command.setExecutionExceptionHandler((e, line, parsed) -> explain(e, line));
        command.setParameterExceptionHandler((e, unparsed) -> {
            e.getCommandLine()
                    .getErr()
                    .println("firesteel: " + e.getMessage() + "; see firesteel " + name(e) + "--help");
            return BAD_INPUT;
        });
        return command.execute(args);
    }

    private static String name(ParameterException e) {
        CommandLine line = e.getCommandLine();
        return line.getParent() == null ? "" : line.getCommandName() + " ";
    }

    private static int explain(Exception thrown, CommandLine line) {
        Throwable cause = cause(thrown);
        if (System.getenv("FIRESTEEL_STACKTRACE") != null) thrown.printStackTrace(line.getErr());
        String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        if (!(cause instanceof SpecException || cause instanceof DivergedException))
            message = cause.getClass().getSimpleName() + ": " + message;
        if (SPARK_ENDED.matcher(message).find())
            message = "the SparkContext stopped during the run; see the log above, and check --master and "
                    + "the memory of driver and executors";
        line.getErr().println("firesteel: " + message.lines().findFirst().orElse(""));
        if (cause instanceof SpecException) return BAD_INPUT;
        return cause instanceof DivergedException ? DIVERGED : FAILED;
    }

    /** The most informative cause: Firesteel's own, wherever Spark has wrapped it, else the innermost. */
    private static Throwable cause(Throwable thrown) {
        Throwable last = thrown;
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof SpecException || t instanceof DivergedException) return t;
            last = t;
        }
        return thrown instanceof IOException ? thrown : last;
    }

    @Override
    public Integer call() {
        CommandLine.usage(this, System.out);
        return BAD_INPUT;
    }

    /** The version in the jar's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Firesteel.class.getPackage().getImplementationVersion();
            return new String[] {"Firesteel " + (version == null ? "unpackaged" : version)};
        }
    }
}
