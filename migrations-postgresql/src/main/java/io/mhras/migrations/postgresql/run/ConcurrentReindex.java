package io.mhras.migrations.postgresql.run;

import io.mhras.migrations.postgresql.sql.SqlLexer;
import io.mhras.migrations.postgresql.wire.ServerSession;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * {@code REINDEX ... CONCURRENTLY}, which can always run again. When it fails or is cut off, the new index ({@code
 * _ccnew}) or the old one ({@code _ccold}) stays, invalid and kept up to date by each write.
 *
 * @param name what is to be reindexed, as the script has it
 */
record ConcurrentReindex(StatementPlace place, ReindexScope scope, String name) implements ConcurrentWork {

    static @Nullable ConcurrentReindex of(StatementPlace place) {
        SqlLexer tokens = place.statement().tokensBehind(List.of("reindex"));
        if (tokens.isPunctuation('(')) {
            while (!tokens.isPunctuation(')') && tokens.kind() != SqlLexer.Kind.END) {
                tokens.nextSignificant();
            }
            tokens.nextSignificant();
        }
        for (ReindexScope scope : ReindexScope.values()) {
            if (tokens.isWord(scope.name().toLowerCase(Locale.ROOT))) {
                tokens.nextSignificant();
                if (tokens.isWord("concurrently")) {
                    tokens.nextSignificant();
                }
                return new ConcurrentReindex(place, scope, tokens.qualifiedName());
            }
        }
        return null;
    }

    @Override
    public boolean isDone(JdbcTemplate jdbc) {
        return false;
    }

    @Override
    public void run(ServerSession session, Runnable send) {
        // If another session is reindexing right now, this waits until it is done; then there is nothing left to drop.
        leftBehind(session.jdbc()).forEach(index -> place.send(session, "DROP INDEX CONCURRENTLY IF EXISTS " + index));
        send.run();
    }

    private List<String> leftBehind(JdbcTemplate jdbc) {
        return jdbc.queryForList("""
                SELECT format('%I.%I', nspname, relname)
                FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = relnamespace,
                     regexp_replace(relname, '_cc(new|old)[0-9]*$', '') AS stem
                WHERE NOT indisvalid AND stem <> relname AND pg_has_role(relowner, 'USAGE') AND\s""" + scope.condition(), String.class, scope.arguments(name));
    }
}
