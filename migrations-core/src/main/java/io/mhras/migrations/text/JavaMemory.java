package io.mhras.migrations.text;

/** What is said where the memory of this process ends. */
public final class JavaMemory {

    private JavaMemory() {}

    /** That it ended, and how much there is. */
    public static String notEnough() {
        return "Java's memory (" + Runtime.getRuntime().maxMemory() / (1024 * 1024) + " MB) is not enough";
    }

    /** What to do. */
    public static String remedy() {
        return "Give Java more memory, such as -Xmx512m (for the command line: MIGRATIONS_JAVA_OPTS=-Xmx512m), and start"
                + " again.";
    }
}
