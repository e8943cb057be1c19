package io.mhras.migrations.cli.options;

/** Something is set wrong, or missing. */
public final class InvalidSettingException extends RuntimeException {

    /** A problem, and what to do about it. */
    public InvalidSettingException(String problem, String remedy) {
        super(problem + "\n\nWhat to do: " + remedy);
    }
}
