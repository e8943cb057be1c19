package io.mhras.migrations.postgresql.run;

import io.mhras.migrations.postgresql.wire.ServerSession;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A statement that works in several transactions of its own, and leaves something half done when it fails or is cut off.
 */
public sealed interface ConcurrentWork permits ConcurrentIndexBuild, ConcurrentReindex, ConcurrentDetach {

    /** What the statement works at; null if it leaves nothing behind. */
    static @Nullable ConcurrentWork of(StatementPlace place) {
        List<String> words = place.statement().leading(Integer.MAX_VALUE);
        if (!words.contains("CONCURRENTLY")) {
            return null;
        }
        return switch (words.get(0)) {
            case "CREATE" -> ConcurrentIndexBuild.of(place);
            case "REINDEX" -> ConcurrentReindex.of(place);
            case "ALTER" -> ConcurrentDetach.of(place);
            default -> null;
        };
    }

    /** Whether it is done, asked of a statement that an earlier run may have finished without recording it. */
    boolean isDone(JdbcTemplate jdbc);

    /** Clears away what an earlier attempt has left, runs the statement where it is still needed, and checks the result. */
    void run(ServerSession session, Runnable send);
}
