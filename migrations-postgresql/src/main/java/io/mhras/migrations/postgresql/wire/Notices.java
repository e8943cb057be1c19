package io.mhras.migrations.postgresql.wire;

import io.mhras.migrations.MigrationSession;
import io.mhras.migrations.MigrationStep;
import io.mhras.migrations.ScriptOutput;
import io.mhras.migrations.ScriptOutput.Level;
import java.sql.SQLWarning;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLWarning;
import org.postgresql.util.ServerErrorMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the server reports beside its answers, such as what a script raises: passed on as it comes. */
public final class Notices {

    private static final Logger log = LoggerFactory.getLogger(Notices.class);

    // What a ROLLBACK gets after a message of which nothing ran, for a syntax error in it.
    private static final String NO_TRANSACTION = "25P01";

    private volatile MigrationSession.@Nullable Observer observer;
    private volatile @Nullable MigrationStep step;

    /** A step begins, whose reports this observer is to get. */
    public void passTo(MigrationSession.Observer newObserver, MigrationStep newStep) {
        step = newStep;
        observer = newObserver;
    }

    /** The step is over. */
    public void stop() {
        observer = null;
    }

    /** Takes a report, and those that are chained to it. */
    void take(@Nullable SQLWarning first) {
        for (SQLWarning warning = first; warning != null; warning = warning.getNextWarning()) {
            if (!NO_TRANSACTION.equals(warning.getSQLState())) {
                pass(output(warning));
            }
        }
    }

    private void pass(ScriptOutput output) {
        MigrationSession.Observer current = observer;
        MigrationStep running = step;
        if (current != null && running != null) {
            current.onOutput(running, output);
        } else {
            log.atLevel(output.level() == Level.WARNING ? org.slf4j.event.Level.WARN : org.slf4j.event.Level.DEBUG)
                    .log(output.text());
        }
    }

    private static ScriptOutput output(SQLWarning warning) {
        ServerErrorMessage server = warning instanceof PSQLWarning psql ? psql.getServerErrorMessage() : null;
        StringBuilder text = new StringBuilder(String.valueOf(warning.getMessage()));
        if (server != null && server.getDetail() != null) {
            text.append("\nDetail: ").append(server.getDetail());
        }
        if (server != null && server.getHint() != null) {
            text.append("\nHint: ").append(server.getHint());
        }
        return new ScriptOutput(level(warning, server), text.toString());
    }

    /** The server says its severity in its own language; the SQLSTATE tells a warning from the rest. */
    private static Level level(SQLWarning warning, @Nullable ServerErrorMessage server) {
        String severity = server == null ? "" : String.valueOf(server.getSeverity());
        if (severity.equals("WARNING") || String.valueOf(warning.getSQLState()).startsWith("01")) {
            return Level.WARNING;
        }
        return severity.equals("INFO") ? Level.PRINTED : Level.NOTICE;
    }
}
