package io.mhras.migrations.test;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a run of the test is asked to write: system properties, or environment variables where a build passes none on.
 *
 * @param words what the new migration does; null to write nothing
 * @param drops columns and tables that may go
 * @param withIndexes whether each new foreign key gets an index
 */
record EntityChange(@Nullable String words, Set<String> drops, boolean withIndexes) {

    static final String NEW = "migrations.new";
    static final String DROP = "migrations.drop";
    static final String INDEXES = "migrations.fk-indexes";

    static EntityChange asked() {
        return of(key -> {
            String property = System.getProperty(key);
            return property == null ? System.getenv(variable(key)) : property;
        });
    }

    static EntityChange of(UnaryOperator<@Nullable String> settings) {
        String words = settings.apply(NEW);
        String drops = settings.apply(DROP);
        Set<String> names = new TreeSet<>();
        if (drops != null) {
            for (String name : drops.split(",", -1)) {
                if (!name.isBlank()) {
                    names.add(name.strip());
                }
            }
        }
        return new EntityChange(
                words == null || words.isBlank() ? null : words.strip(),
                names,
                Boolean.parseBoolean(settings.apply(INDEXES)));
    }

    static String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}
