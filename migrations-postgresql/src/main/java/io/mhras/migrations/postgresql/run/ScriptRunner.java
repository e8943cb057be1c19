package io.mhras.migrations.postgresql.run;

import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.postgresql.sql.ScriptGuard;
import io.mhras.migrations.postgresql.sql.SqlLexer;
import io.mhras.migrations.postgresql.sql.SqlScript;
import io.mhras.migrations.postgresql.sql.SqlStatement;
import io.mhras.migrations.postgresql.wire.ApplicationName;
import io.mhras.migrations.postgresql.wire.PipelinedSender;
import io.mhras.migrations.postgresql.wire.QueryMessage;
import io.mhras.migrations.postgresql.wire.QuerySender;
import io.mhras.migrations.text.JavaMemory;
import java.io.IOException;
import java.io.Reader;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Sends the statements of one script in as few messages as possible.
 *
 * <p>What to do where a transaction begins or ends is decided by {@link Transactions}.
 */
public final class ScriptRunner {

    private static final int MARK_EVERY = 100;
    private static final Pattern NAME = Pattern.compile("application_name", Pattern.CASE_INSENSITIVE);

    private final QuerySender sender;
    private final MigrationScript script;
    private final SqlLexer.Strings usualStrings;
    private final Transactions transactions;
    private final ScriptGuard guard;
    private @Nullable QueryMessage message;
    private SqlLexer.@Nullable Strings strings;

    /** Sends a long script's full messages; null as long as none was full. */
    private @Nullable PipelinedSender ahead;

    /** How many statements it has; null for a long one, which would have to be read twice to know. */
    private @Nullable Integer total;

    private boolean isNamedByScript;

    /** Begins and ends the transactions of a script, and decides which statements run outside of one. */
    public interface Transactions {

        /** What is to be done with the script's rows. */
        QuerySender.RowConsumer rows();

        /** Whether the script's next statement is not to run: it is done already, or ends what was never begun. */
        boolean isPassedOver(SqlStatement statement, int number);

        /** Does what is necessary even for a statement that is not to run. */
        void passOver(SqlStatement statement, int number);

        /** Takes up the script's next statement, and returns what it means to the transaction around it. */
        SqlStatement.Transaction take(SqlStatement statement, int number);

        /** The message with which a transaction begins; the script's own statement for that, if it has one. */
        QueryMessage begin(@Nullable SqlStatement own, int number);

        /** Ends the transaction: the script goes on after this statement. */
        void commit(QueryMessage message, int number);

        /** Ends it in the script's own way. */
        void end(QueryMessage message, int number);

        /** Runs a statement outside of any transaction, under this name. */
        void alone(SqlStatement statement, int number, ApplicationName name);

        /**
         * Follows a {@code \\connect} after this statement.
         *
         * @param open what is not yet sent, if a transaction is open
         * @return what is not yet sent afterwards
         */
        @Nullable QueryMessage connect(SqlStatement command, int number, @Nullable QueryMessage open);
    }

    public ScriptRunner(
            QuerySender sender, MigrationScript script, SqlLexer.Strings usualStrings, Transactions transactions) {
        this.sender = sender;
        this.script = script;
        this.usualStrings = usualStrings;
        this.transactions = transactions;
        this.guard = new ScriptGuard(script);
    }

    /**
     * Sends all but the last message.
     *
     * @return the last message, not yet sent and in a transaction, so that what follows can go with it
     */
    public QueryMessage run() {
        try (Reader reader = script.open()) {
            send(new SqlScript(reader, usualStrings));
            return open();
        } catch (IOException e) {
            throw InvalidMigration.unreadable(script.location(), e);
        } finally {
            // What was sent fails before what was read after it, so its error replaces any other.
            awaitSent();
        }
    }

    private void send(SqlScript statements) throws IOException {
        total = statements.countIfShort();
        int number = 0;
        boolean committing = false;
        for (SqlStatement next = next(statements); next != null; next = next(statements)) {
            guard.admit(next);
            if (next.kind() == SqlStatement.Kind.META_COMMAND) {
                if (next.metaCommand().isConnect()) {
                    if (committing) {
                        commit(number);
                        committing = false;
                    }
                    awaitSent();
                    message = transactions.connect(next, number, message);
                }
                continue;
            }
            if (transactions.isPassedOver(next, ++number)) {
                transactions.passOver(next, number);
                continue;
            }
            if (committing) {
                commit(number - 1);
                committing = false;
            }
            switch (transactions.take(next, number)) {
                case ANY -> add(next, number, statements);
                case APART -> {
                    commit(number - 1);
                    add(next, number, statements);
                    commit(number);
                }
                case ALONE -> {
                    commit(number - 1);
                    transactions.alone(next, number, nameAt(number));
                }
                case BEGINS -> {
                    commit(number - 1);
                    message = transactions.begin(next, number);
                }
                // Not at once: if it is the script's last statement, the history's row goes into its transaction.
                case COMMITS -> committing = message != null;
                case ENDS -> end(next, number);
            }
        }
    }

    private @Nullable SqlStatement next(SqlScript statements) throws IOException {
        try {
            return statements.next();
        } catch (OutOfMemoryError e) {
            // Of what was sent it says nothing; that is asked for as after any other error.
            throw new InvalidMigration(
                    "the statement that begins here is too long: of its text, " + statements.lengthSoFar()
                            + " characters were read. " + JavaMemory.notEnough() + ".",
                    statements.position().in(script),
                    JavaMemory.remedy());
        }
    }

    private QueryMessage open() {
        QueryMessage opened = message;
        if (opened == null) {
            opened = transactions.begin(null, 0);
            message = opened;
        }
        return opened;
    }

    private void add(SqlStatement statement, int number, SqlScript statements) throws IOException {
        if (open().isFull()) {
            sendAhead();
        }
        // The server reads a whole message with the string rules of its beginning.
        if (strings != null && !strings.equals(statement.strings())) {
            send();
        }
        strings = statement.strings();
        mark(statement, number);
        if (statement.kind() == SqlStatement.Kind.COPY_FROM_STDIN) {
            send();
            sender.copy(statement, statements.copyData(), number);
        } else if (statement.isLong()) {
            send();
            sender.send(new QueryMessage().add(statement, number), transactions.rows());
        } else {
            open().add(statement, number);
        }
    }

    /** Lets the other sessions see which statement runs. */
    private void mark(SqlStatement statement, int number) {
        boolean isInsert = statement.kind() == SqlStatement.Kind.INSERT;
        // An application_name that the script sets itself is not overwritten.
        isNamedByScript |= !isInsert && NAME.matcher(statement.text()).find();
        if (isNamedByScript) {
            return;
        }
        // Thousands of rows are quick, one by one; everything else may take long.
        if (!open().holdsScript() || number % MARK_EVERY == 0 || !isInsert) {
            open().own(nameAt(number).set());
        }
    }

    /** The application_name of the session while this statement runs. */
    ApplicationName nameAt(int number) {
        return ApplicationName.of(number, total, script);
    }

    /** Sends a full message, and does not wait. */
    private void sendAhead() {
        PipelinedSender sending = ahead;
        if (sending == null) {
            sending = new PipelinedSender(sender);
            ahead = sending;
        }
        sending.send(open(), transactions.rows());
        message = new QueryMessage();
    }

    private void awaitSent() {
        if (ahead != null) {
            ahead.await();
        }
    }

    /** Sends what there is, and waits; the transaction stays open. */
    private void send() {
        QueryMessage open = open();
        awaitSent();
        if (!open.isEmpty()) {
            sender.send(open, transactions.rows());
            message = new QueryMessage();
        }
    }

    private void commit(int number) {
        QueryMessage last = message;
        if (last != null) {
            message = null;
            awaitSent();
            transactions.commit(last, number);
        }
    }

    private void end(SqlStatement statement, int number) {
        QueryMessage last = message;
        if (last != null) {
            message = null;
            awaitSent();
            transactions.end(last.add(statement, number), number);
        }
    }
}
