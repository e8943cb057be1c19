package io.mhras.migrations.cli;

import java.util.Locale;

/** A kind of database: the one that an address leads to, and that files are for. */
enum Kind {
    POSTGRESQL("PostgreSQL", "sql"),
    MONGODB("MongoDB", "js");

    private final String title;
    private final String extension;

    Kind(String title, String extension) {
        this.title = title;
        this.extension = extension;
    }

    /** The kind that a URL leads to. */
    static Kind of(String url) {
        String scheme = url.strip().toLowerCase(Locale.ROOT);
        return scheme.startsWith("mongodb:") || scheme.startsWith("mongodb+srv:") ? MONGODB : POSTGRESQL;
    }

    /** As its makers write it. */
    String title() {
        return title;
    }

    /** The ending of its files, without a dot. */
    String extension() {
        return extension;
    }

    Kind other() {
        return this == POSTGRESQL ? MONGODB : POSTGRESQL;
    }

    /** As users write it: {@code postgresql}. */
    @Override
    public String toString() {
        return OutputOptions.words(this);
    }
}
