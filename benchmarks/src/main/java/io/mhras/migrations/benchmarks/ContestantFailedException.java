package io.mhras.migrations.benchmarks;

/** A contestant did not do its work; the message stands in the table in place of a figure. */
final class ContestantFailedException extends RuntimeException {

    ContestantFailedException(String message) {
        super(message);
    }
}
