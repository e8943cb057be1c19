package io.mhras.migrations.mongodb.shell;

/** Passes on what a script prints, within bounds: it ends up in the log. */
final class PrintedOutput {

    private static final int MOST_LINES = 10_000;
    private static final int LONGEST_LINE = 20_000;

    private final ShellHost host;
    private int printed;

    PrintedOutput(ShellHost host) {
        this.host = host;
    }

    /** The shell's answer to it: nothing. */
    String print(String text) {
        printed++;
        if (printed <= MOST_LINES) {
            boolean fits = text.length() <= LONGEST_LINE;
            host.print(fits ? text : text.substring(0, LONGEST_LINE) + "... (" + text.length() + " characters)");
        } else if (printed == MOST_LINES + 1) {
            host.print("... the script prints more than " + MOST_LINES + " times; the rest is left out");
        }
        return "";
    }
}
