package io.firesteel.internal.kernel;

import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.List;

/** The requested native library, and the log line that reports which one is used. */
public final class LibraryRequest {
    private LibraryRequest() {}

    /** The value of {@code -Dfiresteel.WHAT} or {@code FIRESTEEL_WHAT}; {@code auto} when neither is set. */
    public static String asked(String what, String... known) {
        String environment = System.getenv("FIRESTEEL_" + what.toUpperCase(java.util.Locale.ROOT));
        String asked = System.getProperty("firesteel." + what, environment == null ? "auto" : environment);
        if (!asked.equals("auto") && !Arrays.asList(known).contains(asked))
            throw new IllegalStateException(
                    "firesteel." + what + ": found \"" + asked + "\", wanted auto or one of " + Arrays.toString(known));
        return asked;
    }

    public static String refused(String what, String asked, List<String> refusals) {
        return "firesteel." + what + "=" + asked + " was requested but is not available: " + String.join("; ", refusals)
                + "; set firesteel." + what + "=auto to use the next one";
    }

    public static void log(String what, String name, List<String> refusals) {
        System.Logger log = System.getLogger("io.firesteel");
        if (refusals.isEmpty()) log.log(Level.INFO, what + ": " + name);
        else log.log(Level.WARNING, what + ": " + name + " (" + String.join("; ", refusals) + ")");
    }

    /** The innermost cause in one line. */
    public static String reason(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null) cause = cause.getCause();
        String message = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        return cause.getClass().getSimpleName() + " " + message;
    }
}
