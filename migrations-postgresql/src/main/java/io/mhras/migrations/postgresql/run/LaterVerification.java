package io.mhras.migrations.postgresql.run;

import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.VerificationResult.Check;
import io.mhras.migrations.postgresql.wire.BorrowedConnection;
import io.mhras.migrations.postgresql.wire.Notices;
import io.mhras.migrations.postgresql.wire.PostgresErrors;
import io.mhras.migrations.postgresql.wire.QueryMessage;
import io.mhras.migrations.postgresql.wire.QuerySender;
import io.mhras.migrations.postgresql.wire.ServerSession;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** Runs the checks of applied migrations, over a connection that holds no lock: a file in a transaction that may only read. */
public final class LaterVerification {

    private final BorrowedConnection connection;
    private final ServerSession.Found found;
    private final ServerSession.InitialSettings settings;

    /**
     * Of checks that begin with these settings.
     *
     * @param found the session's original state
     */
    public LaterVerification(
            BorrowedConnection connection, ServerSession.Found found, ServerSession.InitialSettings settings) {
        this.connection = connection;
        this.found = found;
        this.settings = settings;
    }

    public void run(List<Migration> migrations, Consumer<Check> results) {
        QuerySender sender;
        boolean isPooled;
        try {
            sender = connection.sender(new Notices());
            isPooled = connection.isPooled(found.backend());
        } catch (SQLException e) {
            throw PostgresErrors.ofBrokenConnection(e);
        }
        try {
            for (Migration migration : migrations) {
                MigrationScript script = Objects.requireNonNull(migration.verify(), "Only checks are run");
                run(migration, script, sender, results);
            }
        } finally {
            // What a rollback does not undo. A pooler gives each transaction another session.
            if (!isPooled) {
                QueryMessage restore = new QueryMessage().own("ROLLBACK");
                ServerSession.discard().forEach(restore::own);
                sender.send(restore.own("SELECT pg_advisory_unlock_all()"), QuerySender.IGNORE_ROWS);
            }
        }
    }

    private void run(Migration migration, MigrationScript script, QuerySender sender, Consumer<Check> results) {
        QueryMessage begin = new QueryMessage().own("BEGIN READ ONLY");
        settings.set(script).forEach(begin::own);
        sender.send(begin.own(CheckedStatement.POINT), QuerySender.IGNORE_ROWS);
        try {
            new CheckedFile(migration.version(), script, sender, found.strings(), results).run();
        } catch (InvalidMigration e) {
            results.accept(Check.of(migration.version(), script.name(), e));
        } finally {
            sender.send(new QueryMessage().own("ROLLBACK"), QuerySender.IGNORE_ROWS);
        }
    }
}
