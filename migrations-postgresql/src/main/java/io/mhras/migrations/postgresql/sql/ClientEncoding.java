package io.mhras.migrations.postgresql.sql;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The encoding that a script declares. Only one is possible: the driver closes a connection that uses another. */
record ClientEncoding(String name) {

    static final String REMEDY = "Save the file as UTF-8 (pg_dump --encoding=UTF8), and take this out.";

    /** What {@code SET client_encoding} or {@code SET NAMES} says; null for another statement. */
    static @Nullable ClientEncoding of(List<String> words) {
        int setting = words.size() > 1 && Set.of("SESSION", "LOCAL").contains(words.get(1)) ? 2 : 1;
        int value = words.size() > setting && words.get(setting).equals("NAMES") ? setting + 1 : setting + 2;
        return words.size() > value && Set.of("NAMES", "CLIENT_ENCODING").contains(words.get(setting))
                ? new ClientEncoding(words.get(value).replace("'", ""))
                : null;
    }

    boolean isOneOf(String... names) {
        return Set.of(names).contains(name.toUpperCase(Locale.ROOT));
    }

    String problem() {
        return "migrations are UTF-8, not " + name.toUpperCase(Locale.ROOT) + ".";
    }
}
