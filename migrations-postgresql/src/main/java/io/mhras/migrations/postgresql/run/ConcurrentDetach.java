package io.mhras.migrations.postgresql.run;

import io.mhras.migrations.postgresql.sql.SqlLexer;
import io.mhras.migrations.postgresql.wire.ServerSession;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * {@code ALTER TABLE ... DETACH PARTITION ... CONCURRENTLY}. When it fails or is cut off, the partition can be half
 * detached: then the server refuses to begin again, and requires {@code FINALIZE}.
 *
 * @param table the partitioned table as the script has it
 * @param partition the partition as the script has it
 */
record ConcurrentDetach(StatementPlace place, String table, String partition) implements ConcurrentWork {

    private static final List<String> BEFORE_NAME = List.of("alter", "table", "if", "exists", "only");

    static @Nullable ConcurrentDetach of(StatementPlace place) {
        SqlLexer tokens = place.statement().tokensBehind(BEFORE_NAME);
        String table = tokens.qualifiedName();
        if (!tokens.isWord("detach")) {
            return null;
        }
        tokens.nextSignificant();
        tokens.nextSignificant();
        return new ConcurrentDetach(place, table, tokens.qualifiedName());
    }

    @Override
    public boolean isDone(JdbcTemplate jdbc) {
        return holds(jdbc, """
                SELECT to_regclass(?) IS NOT NULL AND to_regclass(?) IS NOT NULL
                   AND NOT EXISTS (SELECT FROM pg_inherits WHERE inhparent = to_regclass(?) AND inhrelid = to_regclass(?))""", table, partition, table, partition);
    }

    @Override
    public void run(ServerSession session, Runnable send) {
        if (isPending(session.jdbc())) {
            place.send(session, "ALTER TABLE " + table + " DETACH PARTITION " + partition + " FINALIZE");
        } else {
            send.run();
        }
    }

    private boolean isPending(JdbcTemplate jdbc) {
        // As JSON, since the column is there only from PostgreSQL 14 on.
        return holds(jdbc, """
                SELECT EXISTS (SELECT FROM pg_inherits i
                               WHERE inhparent = to_regclass(?) AND inhrelid = to_regclass(?)
                                 AND (to_jsonb(i) ->> 'inhdetachpending')::boolean)""", table, partition);
    }

    private static boolean holds(JdbcTemplate jdbc, String query, Object... arguments) {
        return Boolean.TRUE.equals(jdbc.queryForObject(query, Boolean.class, arguments));
    }
}
