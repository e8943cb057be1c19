package io.mhras.migrations;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A kind of database: its name, its file extension, and how its URLs begin. */
public enum DatabaseKind {
    POSTGRESQL("PostgreSQL", "sql", "jdbc:postgresql:|postgres(?:ql)?[:+]"),
    MONGODB("MongoDB", "js", "mongodb(?:\\+srv)?:");

    private final String title;
    private final String extension;
    private final Pattern urlBegin;

    DatabaseKind(String title, String extension, String urlBegin) {
        this.title = title;
        this.extension = extension;
        this.urlBegin = Pattern.compile(urlBegin, Pattern.CASE_INSENSITIVE);
    }

    /** The kind that a URL is for; empty if no kind has URLs that begin like it. */
    public static Optional<DatabaseKind> ofUrl(String url) {
        return Stream.of(values())
                .filter(kind -> kind.urlBegin.matcher(url.strip()).lookingAt())
                .findFirst();
    }

    /** The kind that users call by this name; empty if there is none. */
    public static Optional<DatabaseKind> named(String name) {
        return Stream.of(values()).filter(kind -> kind.toString().equals(name)).findFirst();
    }

    /** As its vendor writes it: {@code PostgreSQL}. */
    public String title() {
        return title;
    }

    /** The extension of its files, without a dot: {@code sql}. */
    public String extension() {
        return extension;
    }

    /** As users write it: {@code postgresql}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
