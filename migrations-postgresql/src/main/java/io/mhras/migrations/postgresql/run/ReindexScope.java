package io.mhras.migrations.postgresql.run;

import java.util.Collections;

/**
 * Where a reindexing leaves something behind, as a condition on that index, {@code i} and {@code c}, and on its name
 * without the suffix, {@code stem}.
 */
enum ReindexScope {
    // The server truncates a long name to make room for its suffix.
    INDEX("""
            EXISTS (SELECT FROM pg_index JOIN pg_class ON oid = indexrelid
                    WHERE (oid = to_regclass(?) OR oid IN (SELECT relid FROM pg_partition_tree(to_regclass(?))))
                      AND indrelid = i.indrelid
                      AND (relname = stem OR (octet_length(c.relname) > 59 AND starts_with(relname, stem))))"""),
    TABLE("""
            EXISTS (SELECT FROM pg_class
                    WHERE (oid = to_regclass(?) OR oid IN (SELECT relid FROM pg_partition_tree(to_regclass(?))))
                      AND i.indrelid IN (oid, reltoastrelid))"""),
    SCHEMA("""
            EXISTS (SELECT FROM pg_class
                    WHERE relnamespace = to_regnamespace(?) AND i.indrelid IN (oid, reltoastrelid))"""),
    DATABASE("true");

    private final String condition;

    ReindexScope(String condition) {
        this.condition = condition;
    }

    String condition() {
        return condition;
    }

    /** The name for each place in the condition that wants it. */
    Object[] arguments(String name) {
        int count = (int) condition.chars().filter(c -> c == '?').count();
        return Collections.nCopies(count, name).toArray();
    }
}
