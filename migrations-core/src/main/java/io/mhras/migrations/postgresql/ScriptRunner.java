package io.mhras.migrations.postgresql;

import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.MigrationScript.Transaction;
import io.mhras.migrations.SourceLocation;
import io.mhras.migrations.postgresql.QuerySender.StatementFailedException;
import java.io.IOException;
import java.io.Reader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.postgresql.PGConnection;

/** Sends the statements of one script in as few messages as can be. */
final class ScriptRunner {

    private static final Set<String> HARMLESS_META_COMMANDS = Set.of("restrict", "unrestrict");

    private final Connection connection;
    private final QuerySender sender;
    private final MigrationScript script;
    private final QuerySender.RowConsumer rows;
    private QueryMessage message;

    /**
     * A runner for one script.
     *
     * @param first the message that the script's first statements join
     */
    ScriptRunner(
            Connection connection,
            QuerySender sender,
            MigrationScript script,
            QueryMessage first,
            QuerySender.RowConsumer rows) {
        this.connection = connection;
        this.sender = sender;
        this.script = script;
        this.message = first;
        this.rows = rows;
    }

    /**
     * Sends all but the last message.
     *
     * @return the last message, not yet sent, so that what follows can go with it
     */
    QueryMessage run() {
        if (script.options().transaction() == Transaction.NONE) {
            throw new InvalidMigration(
                    "it asks for 'migrate:transaction none', and every migration runs in a transaction.",
                    SourceLocation.of(script.location()),
                    "Take the option out; or, if a statement cannot run in a transaction, run the file by hand and mark"
                            + " it as applied with 'stamp'.");
        }
        try (Reader reader = script.open()) {
            SqlScript statements = new SqlScript(reader);
            SqlStrings strings = null;
            for (SqlStatement next = statements.next(); next != null; next = statements.next()) {
                refuseWhatCannotRun(next);
                // The server reads a whole message with the string rules of its beginning.
                if (message.isFull() || (strings != null && !strings.equals(next.strings()))) {
                    send();
                }
                strings = next.strings();
                switch (next.kind()) {
                    case SQL -> message.add(next);
                    case COPY_FROM_STDIN -> copy(next, statements.copyData());
                    case META_COMMAND -> {}
                }
            }
            return message;
        } catch (IOException e) {
            throw new InvalidMigration(
                    "the file cannot be read: " + e.getMessage(),
                    SourceLocation.of(script.location()),
                    "Check that the file is still there and readable.");
        }
    }

    private void send() {
        if (!message.isEmpty()) {
            sender.send(message, rows);
            message = new QueryMessage();
        }
    }

    /** COPY data cannot stand in a Query message: the server would close the connection. */
    private void copy(SqlStatement statement, Reader data) throws IOException {
        send();
        QueryMessage.Part part = new QueryMessage.Part(0, statement.text().length(), statement);
        try {
            connection.unwrap(PGConnection.class).getCopyAPI().copyIn(statement.text(), data);
        } catch (SQLException e) {
            throw new StatementFailedException(part, -1, e);
        }
    }

    private void refuseWhatCannotRun(SqlStatement statement) {
        SqlStatement.Unclosed unclosed = statement.unclosed();
        if (unclosed != null) {
            throw new InvalidMigration(
                    "the " + unclosed.what() + " that begins here never ends.",
                    location(unclosed.position()),
                    "Close it.");
        }
        if (statement.kind() == SqlStatement.Kind.META_COMMAND) {
            String name = statement.metaCommand().name();
            if (!HARMLESS_META_COMMANDS.contains(name)) {
                throw new InvalidMigration(
                        "\\" + name + " is a command of psql, not of the server.",
                        location(statement.position()),
                        "Take it out; a migration is one file of SQL.");
            }
        } else if (isTransactionCommand(statement)) {
            throw new InvalidMigration(
                    statement.leading(1).get(0) + " would end or split the transaction in which this file runs.",
                    location(statement.commandPosition()),
                    "Take BEGIN, COMMIT and ROLLBACK out: the whole file is one transaction already.");
        }
    }

    private static boolean isTransactionCommand(SqlStatement statement) {
        List<String> words = statement.leading(3);
        return switch (words.get(0)) {
            case "BEGIN", "COMMIT", "END", "ABORT" -> true;
            case "START", "PREPARE" -> words.size() > 1 && words.get(1).equals("TRANSACTION");
            case "ROLLBACK" -> !words.contains("TO");
            default -> false;
        };
    }

    private SourceLocation location(SqlPosition position) {
        return new SourceLocation(script.location(), position.line(), position.column());
    }
}
