package io.mhras.migrations.test;

import io.mhras.migrations.MigrationException.Refused;
import io.mhras.migrations.postgresql.PostgresSettings;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a {@link MigratedDatabase} says.
 *
 * @param name empty for the only one
 * @param locations empty for the usual ones
 * @param placeholders the value of each
 * @param schema empty for the usual one
 * @param properties what further settings lead to it
 * @param isPerMethod whether each method is to find it as it was
 */
public record DatabaseRequest(
        String name,
        List<String> locations,
        Map<String, String> placeholders,
        String schema,
        List<String> properties,
        boolean isPerMethod) {

    /** Where the files are if nobody says it. */
    public List<String> locationsOrUsual() {
        return locations.isEmpty() ? List.of("classpath:db/" + (name.isEmpty() ? "migration" : name)) : locations;
    }

    /** The same as far as a Spring context is concerned. */
    public DatabaseRequest forContext() {
        return new DatabaseRequest(name, locations, placeholders, schema, properties, false);
    }

    Migrations migrations(Class<?> test) {
        Migrations migrations =
                Migrations.of(test, locationsOrUsual()).named(name).with(placeholders);
        return schema.isEmpty()
                ? migrations
                : migrations.with(PostgresSettings.DEFAULT.in(schema, PostgresSettings.DEFAULT.table()));
    }

    static Map<String, String> placeholders(String... texts) {
        Map<String, String> placeholders = new TreeMap<>();
        for (String text : texts) {
            int equals = text.indexOf('=');
            if (equals < 1) {
                throw new Refused(
                        "The placeholder '" + text + "' of @MigratedDatabase has no value.", "Write it as name=value.");
            }
            placeholders.put(text.substring(0, equals), text.substring(equals + 1));
        }
        return placeholders;
    }

    /** The one of this name; if there is one only, it needs no name. */
    static <T> T choose(List<T> all, java.util.function.Function<T, String> nameOf, String name) {
        if (name.isEmpty() && all.size() == 1) {
            return all.get(0);
        }
        return all.stream()
                .filter(one -> nameOf.apply(one).equals(name))
                .findFirst()
                .orElseThrow(() -> new Refused(
                        name.isEmpty()
                                ? "The test has several databases, and a parameter does not say which of them it is."
                                : "The test has no database '" + name + "'.",
                        "Write @MigratedDatabase(\"name\") before the parameter. There are: "
                                + String.join(
                                        ", ",
                                        all.stream()
                                                .map(nameOf)
                                                .map(DatabaseRequest::shown)
                                                .toList()) + "."));
    }

    private static String shown(String name) {
        return name.isEmpty() ? "the one without a name" : "'" + name + "'";
    }
}
