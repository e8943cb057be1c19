package io.mhras.migrations.faults;

import io.mhras.migrations.faults.MigrationMix.Script;
import io.mhras.migrations.faults.MigrationMix.Statement;
import io.mhras.migrations.faults.RecordedHistory.Row;
import io.mhras.migrations.testing.FaultProxy.Direction;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/**
 * What a mix makes of a database when nothing disturbs it.
 *
 * @param states for each script, where the database stands before it, and after each of its statements
 * @param end what stands in the history in the end
 * @param duration how long it takes
 * @param bytes how many bytes pass
 * @param sent how many messages have which word
 */
record Expectation(
        MigrationMix mix,
        List<List<DatabaseState>> states,
        List<String> end,
        Duration duration,
        Map<Direction, Long> bytes,
        Map<String, Long> sent) {

    /** Runs the statements without the engine, and looks after each of those that stand by themselves. */
    static List<List<DatabaseState>> states(MigrationMix mix, DataSource dataSource) {
        List<List<DatabaseState>> states = new ArrayList<>();
        DatabaseState last = DatabaseState.of(dataSource);
        for (Script script : mix.scripts()) {
            List<DatabaseState> ofScript = new ArrayList<>(List.of(last));
            // As the engine does: what a script sets ends with it.
            try (Connection connection = dataSource.getConnection()) {
                connection.setAutoCommit(script.runsInParts());
                for (Statement statement : script.statements()) {
                    run(statement, connection);
                    if (script.runsInParts()) {
                        ofScript.add(DatabaseState.of(dataSource));
                    }
                }
                connection.setAutoCommit(true);
            } catch (SQLException e) {
                throw new IllegalStateException(script.text(), e);
            }
            last = DatabaseState.of(dataSource);
            states.add(ofScript);
        }
        states.add(List.of(last));
        return states;
    }

    private static void run(Statement statement, Connection connection) throws SQLException {
        if (statement.isCopy()) {
            try {
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn(statement.sql(), new StringReader(statement.data()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        } else {
            try (java.sql.Statement sent = connection.createStatement()) {
                sent.execute(statement.sql().replace(":batch", "NULL"));
            }
        }
    }

    /** What is wrong if a database in the middle of its way stands as it does; empty if history and schema agree. */
    String contradiction(RecordedHistory history, DatabaseState found) {
        List<String> applied = history.applied();
        List<String> versions = mix.scripts().stream().map(Script::version).toList();
        if (applied.size() > versions.size() || !applied.equals(versions.subList(0, applied.size()))) {
            return "applied are " + applied + " of " + versions;
        }
        int next = applied.size();
        for (String later : versions.subList(Math.min(next + 1, versions.size()), versions.size())) {
            if (history.newest(later) != null) {
                return later + " stands in the history before its turn";
            }
        }
        return next == versions.size()
                ? found.difference(states.get(next).get(0))
                : contradiction(mix.scripts().get(next), states.get(next), history, found);
    }

    private static String contradiction(
            Script script, List<DatabaseState> ofScript, RecordedHistory history, DatabaseState found) {
        Row newest = history.newest(script.version());
        int done = newest == null ? 0 : Objects.requireNonNullElse(newest.statement(), 0);
        if (done > 0 && script.isBatched()) {
            return found.without("app_c").difference(ofScript.get(0).without("app_c"));
        }
        if (done > 0 && done >= ofScript.size()) {
            return script.version() + " cannot stand at statement " + done;
        }
        DatabaseState recorded = ofScript.get(done);
        String difference = found.difference(recorded);
        if (newest == null
                || newest.statement() == null
                || difference.isEmpty()
                || done == script.statements().size()) {
            return difference;
        }
        // What the server does outside of a transaction cannot be recorded with it: one statement may be half done, and
        // if the history says no more than that it began, done.
        Statement doubtful = script.statements().get(done);
        boolean mayBeDone = doubtful.standsAlone() && newest.event().equals("STARTED");
        if (mayBeDone && found.equals(ofScript.get(done + 1))) {
            return "";
        }
        String name = doubtful.halfDone();
        return name == null ? difference : found.without(name).difference(recorded.without(name));
    }
}
