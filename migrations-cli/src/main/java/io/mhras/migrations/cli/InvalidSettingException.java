package io.mhras.migrations.cli;

/** Something is set wrong, or missing. */
final class InvalidSettingException extends RuntimeException {

    InvalidSettingException(String problem, String remedy) {
        super(problem + "\n\nWhat to do: " + remedy);
    }
}
