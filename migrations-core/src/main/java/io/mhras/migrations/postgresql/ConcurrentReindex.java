package io.mhras.migrations.postgresql;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * {@code REINDEX ... CONCURRENTLY}, which can always run again. When it fails or is cut off, the index that was to come
 * ({@code _ccnew}) or the one that was to go ({@code _ccold}) stays, invalid and kept up to date by each write.
 *
 * @param name what is to be indexed anew, as the script has it
 */
record ConcurrentReindex(ScriptPlace place, Scope scope, String name) implements ConcurrentWork {

    /** Where what is left behind can stand, as a condition on the index {@code i}, its name {@code c.relname} and its stem. */
    private enum Scope {
        // The server makes a long name shorter to have room for its ending.
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

        Scope(String condition) {
            this.condition = condition;
        }

        private Object[] arguments(String name) {
            int count = (int) condition.chars().filter(c -> c == '?').count();
            return Collections.nCopies(count, name).toArray();
        }
    }

    static @Nullable ConcurrentReindex of(ScriptPlace place) {
        SqlLexer tokens = place.behind(List.of("reindex"));
        if (tokens.isPunctuation('(')) {
            while (!tokens.isPunctuation(')') && tokens.kind() != SqlLexer.Kind.END) {
                tokens.nextSignificant();
            }
            tokens.nextSignificant();
        }
        for (Scope scope : Scope.values()) {
            if (tokens.isWord(scope.name().toLowerCase(Locale.ROOT))) {
                tokens.nextSignificant();
                if (tokens.isWord("concurrently")) {
                    tokens.nextSignificant();
                }
                return new ConcurrentReindex(place, scope, ScriptPlace.name(tokens));
            }
        }
        return null;
    }

    @Override
    public boolean isDone(JdbcTemplate jdbc) {
        return false;
    }

    @Override
    public void run(PostgresSession session, Runnable send) {
        // If another session is at it just now, this waits until that is done; then there is nothing left to drop.
        leftBehind(session.jdbc()).forEach(index -> place.send(session, "DROP INDEX CONCURRENTLY IF EXISTS " + index));
        send.run();
    }

    private List<String> leftBehind(JdbcTemplate jdbc) {
        return jdbc.queryForList("""
                SELECT format('%I.%I', nspname, relname)
                FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = relnamespace,
                     regexp_replace(relname, '_cc(new|old)[0-9]*$', '') AS stem
                WHERE NOT indisvalid AND stem <> relname AND pg_has_role(relowner, 'USAGE') AND\s""" + scope.condition, String.class, scope.arguments(name));
    }
}
