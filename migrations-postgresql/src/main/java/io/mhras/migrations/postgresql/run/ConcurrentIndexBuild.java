package io.mhras.migrations.postgresql.run;

import io.mhras.migrations.MigrationException.ScriptFailed;
import io.mhras.migrations.postgresql.sql.SqlLexer;
import io.mhras.migrations.postgresql.sql.SqlQuote;
import io.mhras.migrations.postgresql.wire.ServerSession;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * {@code CREATE INDEX CONCURRENTLY}. A build that fails or is cut off leaves an invalid index of that name, which {@code IF
 * NOT EXISTS} then takes for the real one.
 *
 * @param name its name as the catalog has it; null if the server is to choose one
 * @param table its table as the script has it
 */
public record ConcurrentIndexBuild(
        StatementPlace place, @Nullable String name, String table) implements ConcurrentWork {

    private static final List<String> BEFORE_NAME =
            List.of("create", "unique", "index", "concurrently", "if", "not", "exists");

    static @Nullable ConcurrentIndexBuild of(StatementPlace place) {
        if (!place.statement().leading(3).contains("INDEX")) {
            return null;
        }
        SqlLexer tokens = place.statement().tokensBehind(BEFORE_NAME);
        String name = null;
        if (!tokens.isWord("on")) {
            name = SqlQuote.nameOf(tokens.text());
            tokens.nextSignificant();
        }
        tokens.nextSignificant();
        if (tokens.isWord("only")) {
            tokens.nextSignificant();
        }
        return new ConcurrentIndexBuild(place, name, tokens.qualifiedName());
    }

    @Override
    public boolean isDone(JdbcTemplate jdbc) {
        if (name == null) {
            throw failure(
                    ": statement " + place.number()
                            + " was cut off in an earlier run, and without a name it cannot be told"
                            + " whether its index is there.\n  at " + place.location(),
                    "Drop the index if it is there, give it a name in the script, and start again.");
        }
        return !find(jdbc, "indisvalid").isEmpty();
    }

    @Override
    public void run(ServerSession session, Runnable send) {
        find(session.jdbc(), "NOT indisvalid")
                .forEach(index -> place.send(session, "DROP INDEX CONCURRENTLY " + index));
        send.run();
        if (name != null && !isDone(session.jdbc())) {
            throw failure(
                    " failed at statement " + place.number() + ".\n  at " + place.location()
                            + "\n  There is no valid index " + name + " on " + table + ".",
                    "If an index of that name stands on another table, choose another name. Else start again: an invalid"
                            + " one is dropped and built anew.");
        }
    }

    private ScriptFailed failure(String problem, String remedy) {
        return new ScriptFailed(place.script().name() + problem, place.location(), null, remedy, null);
    }

    private List<String> find(JdbcTemplate jdbc, String condition) {
        return jdbc.queryForList("""
                SELECT format('%I.%I', nspname, relname)
                FROM pg_index JOIN pg_class c ON c.oid = indexrelid JOIN pg_namespace n ON n.oid = relnamespace
                WHERE indrelid = to_regclass(?) AND relname = ?::name AND\s""" + condition, String.class, table, name);
    }
}
