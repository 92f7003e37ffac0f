package io.firesteel.internal.table;

import io.firesteel.spec.SpecException;
import org.apache.spark.SparkEnv;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.SparkSession;

/** The Spark session that looks at tables: that of this process, or a small one that ends with the look. */
public final class TableSession {
    private static final String UNREADABLE = "READ_FILE"; // in the names of Spark's errors about files

    private TableSession() {}

    /**
     * Looks at a table.
     *
     * @param name what messages call the table
     * @throws SpecException if Spark cannot read it
     */
    public static <T> T look(String name, TableLook<T> look) {
        if (SparkEnv.get() != null)
            return translated(name, () -> look.at(SparkSession.builder().getOrCreate()));
        SparkSession own = SparkSession.builder()
                .master("local[1]")
                .appName("firesteel")
                .config("spark.ui.enabled", false)
                .config("spark.plugins", "")
                .getOrCreate();
        try {
            return translated(name, () -> look.at(own));
        } finally {
            own.stop();
        }
    }

    /** What is to be known of a table. */
    public interface TableLook<T> {
        T at(SparkSession spark) throws Exception;
    }

    /** Something that Spark does with a table. */
    public interface TableStep<T> {
        T run() throws Exception;
    }

    /** Says in one line what Spark cannot read; passes every other exception on. */
    public static <T> T translated(String name, TableStep<T> step) {
        try {
            return step.run();
        } catch (Exception e) { // Scala throws checked exceptions that it does not declare
            boolean ofTable = false;
            Throwable last = e;
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof SpecException known) throw known;
                ofTable |= cause instanceof AnalysisException
                        || String.valueOf(cause.getMessage()).contains(UNREADABLE);
                last = cause;
            }
            if (!ofTable) throw e instanceof RuntimeException same ? same : new IllegalStateException(e);
            String reason =
                    String.valueOf(last.getMessage()).lines().findFirst().orElse("");
            throw new SpecException(
                    name + ": cannot be read (" + reason + "); fix the path, or fetch the file again", e);
        }
    }
}
