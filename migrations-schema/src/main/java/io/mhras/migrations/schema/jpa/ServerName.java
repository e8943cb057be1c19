package io.mhras.migrations.schema.jpa;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Names as PostgreSQL gives them to what has none: {@code visits_patient_id_fkey}. */
final class ServerName {

    private static final int MOST_BYTES = 63;

    /** What Hibernate makes of the names of table and columns. */
    private static final Pattern HASH = Pattern.compile("(?:fk|uk|idx)[0-9a-z]{20,27}", Pattern.CASE_INSENSITIVE);

    private ServerName() {}

    /** Whether nobody chose it. */
    static boolean isHash(String name) {
        return HASH.matcher(name).matches();
    }

    /**
     * A name that is free.
     *
     * @param label {@code fkey}, {@code key}, {@code idx}
     */
    static String of(String table, List<String> columns, String label, Predicate<String> isTaken) {
        String middle = String.join("_", columns);
        for (int number = 0; ; number++) {
            String name = shortened(table, middle, number == 0 ? label : label + number);
            if (!isTaken.test(name)) {
                return name;
            }
        }
    }

    /** The longer part gives way first. */
    private static String shortened(String table, String columns, String label) {
        String first = table;
        String second = columns;
        while (bytes(first) + bytes(second) + bytes(label) + 2 > MOST_BYTES) {
            if (bytes(first) > bytes(second)) {
                first = first.substring(0, first.offsetByCodePoints(first.length(), -1));
            } else {
                second = second.substring(0, second.offsetByCodePoints(second.length(), -1));
            }
        }
        return first + "_" + second + "_" + label;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
