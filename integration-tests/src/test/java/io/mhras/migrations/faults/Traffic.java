package io.mhras.migrations.faults;

import io.mhras.migrations.processes.MigrateWorker.Answer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/** An application at work on the tables that are migrated. It changes nothing; it only holds locks. */
final class Traffic {

    private static final List<String> LOCKS = List.of(
            "LOCK TABLE app_a IN ACCESS SHARE MODE",
            "LOCK TABLE app_a IN SHARE MODE",
            "LOCK TABLE app_b IN ROW EXCLUSIVE MODE",
            "LOCK TABLE app_b IN SHARE ROW EXCLUSIVE MODE",
            "LOCK TABLE counter IN SHARE MODE",
            "LOCK TABLE work_log IN SHARE MODE",
            "LOCK TABLE migration_history IN SHARE MODE",
            "SELECT count(*) FROM app_a");

    /** Pairs in the order that contradicts the scripts'. */
    private static final List<List<String>> DEADLOCKS = List.of(
            List.of("LOCK TABLE app_b IN ROW EXCLUSIVE MODE", "LOCK TABLE app_a IN ROW EXCLUSIVE MODE"),
            List.of("LOCK TABLE work_log IN SHARE MODE", "LOCK TABLE counter IN SHARE MODE"),
            // A concurrent build waits for whoever has begun before, and holds a lock that excludes the second one.
            List.of("LOCK TABLE app_b IN ACCESS SHARE MODE", "LOCK TABLE app_b IN SHARE ROW EXCLUSIVE MODE"),
            List.of("LOCK TABLE app_a IN ACCESS SHARE MODE", "LOCK TABLE app_a IN SHARE ROW EXCLUSIVE MODE"));

    private static final Duration DEADLOCKS_FOR = Duration.ofSeconds(2);
    private static final int LONGEST_HOLD_MS = 1_200;

    private Traffic() {}

    /** A session that takes locks in the opposite order, for a while. */
    static Answer deadlock(Trial trial) {
        trial.withoutPool();
        trial.databases().admin().execute("ALTER DATABASE " + trial.database() + " SET deadlock_timeout = '20ms'");
        List<String> pair = DEADLOCKS.get(trial.random().nextInt(DEADLOCKS.size()));
        int between = 5 + trial.random().nextInt(60);
        trial.note(pair);
        trial.begin();
        long end = System.nanoTime() + DEADLOCKS_FOR.toNanos();
        while (!trial.isOver() && System.nanoTime() - end < 0) {
            transaction(trial, pair.get(0), "SELECT pg_sleep(" + between / 1000.0 + ")", pair.get(1));
        }
        return trial.answer();
    }

    /** A session that holds one lock, often for longer than a script waits for it. */
    static Answer holdLock(Trial trial) {
        String lock = LOCKS.get(trial.random().nextInt(LOCKS.size()));
        int hold = trial.random().nextInt(LONGEST_HOLD_MS);
        trial.note(lock + " for " + hold + " ms");
        trial.begin();
        trial.letItRun();
        transaction(trial, lock, "SELECT pg_sleep(" + hold / 1000.0 + ")");
        return trial.answer();
    }

    private static void transaction(Trial trial, String... statements) {
        try (Connection connection = trial.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SET LOCAL lock_timeout = '2s'");
            for (String sql : statements) {
                statement.execute(sql);
            }
            connection.rollback();
        } catch (SQLException e) {
            // It lost against the migration, or the table is not there yet.
            trial.note("traffic: " + e.getMessage());
        }
    }
}
