package io.firesteel.cli;

import java.io.Console;

/** Whether a person looks at standard output: then a progress bar moves in place of lines. */
final class Terminal {
    private Terminal() {}

    /** From Java 22 on there is always a console, and a method of it tells; before, there is one only on a terminal. */
    @SuppressWarnings("SystemConsoleNull")
    static boolean isAttached() {
        Console console = System.console();
        if (console == null || Runtime.version().feature() < 22) return console != null;
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
