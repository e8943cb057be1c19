package io.mhras.migrations.postgresql;

import io.mhras.migrations.MigrationScript;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A statement that works in several transactions of its own, and leaves something half done when it fails or is cut off.
 */
sealed interface ConcurrentWork permits ConcurrentIndexBuild, ConcurrentReindex, ConcurrentDetach {

    /** What the statement works at; null if it leaves nothing behind. */
    static @Nullable ConcurrentWork of(MigrationScript script, SqlStatement statement, int number) {
        List<String> words = statement.leading(Integer.MAX_VALUE);
        if (!words.contains("CONCURRENTLY")) {
            return null;
        }
        ScriptPlace place = new ScriptPlace(script, statement, number);
        return switch (words.get(0)) {
            case "CREATE" -> ConcurrentIndexBuild.of(place);
            case "REINDEX" -> ConcurrentReindex.of(place);
            case "ALTER" -> ConcurrentDetach.of(place);
            default -> null;
        };
    }

    /** Whether it is done, asked of a statement that an earlier run may have finished without recording it. */
    boolean isDone(JdbcTemplate jdbc);

    /** Clears away what an earlier attempt has left, runs the statement where it is still wanted, and looks what came of it. */
    void run(PostgresSession session, Runnable send);
}
