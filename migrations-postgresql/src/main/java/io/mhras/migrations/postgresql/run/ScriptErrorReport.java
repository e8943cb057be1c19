package io.mhras.migrations.postgresql.run;

import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationException.ScriptFailed;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.ScriptLanguage;
import io.mhras.migrations.SourceLocation;
import io.mhras.migrations.postgresql.sql.InvisibleCharacter;
import io.mhras.migrations.postgresql.sql.SqlLexer;
import io.mhras.migrations.postgresql.sql.SqlPosition;
import io.mhras.migrations.postgresql.sql.SqlStatement;
import io.mhras.migrations.postgresql.wire.PostgresErrors;
import io.mhras.migrations.postgresql.wire.QuerySender.StatementFailed;
import io.mhras.migrations.text.SettingNames;
import io.mhras.migrations.text.VisibleText;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Reports where in a script the server found an error: file, line, column, the statement with a caret, and why. */
final class ScriptErrorReport {

    private static final int LINES_BEFORE = 3;
    private static final int MAX_WIDTH = 160;
    private static final Pattern LINE_IN_DO_BLOCK = Pattern.compile("inline_code_block line (\\d+)");

    /** The class of errors about what a statement says, not about what it does. */
    private static final String SYNTAX_OR_NAMES = "42";

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}\\s]+)}");

    private final MigrationScript script;
    private final StatementFailed failure;
    private final @Nullable SqlStatement statement;

    private final int done;
    private final String attempts;

    private ScriptErrorReport(MigrationScript script, StatementFailed failure, int done, String attempts) {
        this.script = script;
        this.done = done;
        this.attempts = attempts;
        this.failure = failure;
        this.statement = failure.part().statement();
    }

    /**
     * The error to report.
     *
     * @param done how many statements of the script stay done; -1 if it was one transaction
     * @param attempts how often it was tried, and which sessions blocked it; empty if once
     */
    static MigrationException of(MigrationScript script, StatementFailed failure, int done, String attempts) {
        String state = String.valueOf(failure.error().getSQLState());
        return new ScriptErrorReport(script, failure, done, attempts).describeFor(state);
    }

    /** The error of a script that takes the history away, so that its own row cannot be written. */
    static MigrationException of(LostHistory lost, MigrationScript script, StatementFailed failure, int done) {
        StatementFailed cause = lost.at(failure);
        return new ScriptErrorReport(script, cause, done, lost.explain(cause)).describe(LostHistory.remedy());
    }

    /** Where it failed. */
    static SourceLocation location(MigrationScript script, StatementFailed failure) {
        return new ScriptErrorReport(script, failure, -1, "").location();
    }

    /** Why it failed, as the server says. */
    static String reason(MigrationScript script, StatementFailed failure) {
        return new ScriptErrorReport(script, failure, -1, "").reason().strip();
    }

    private MigrationException describeFor(String state) {
        return describe(remedy(state));
    }

    private MigrationException describe(String remedy) {
        SourceLocation location = location();
        String problem = (statement == null || statement.check() == null
                        ? script.name()
                        : "The check " + Verification.name(script, statement))
                + kept() + "\n" + "  at " + location + "\n" + excerpt(location) + reason();
        return new ScriptFailed(problem, location, failure.error().getSQLState(), remedy, failure.error());
    }

    private String kept() {
        int failed = failure.part().number();
        boolean inParts = failed > 0 && done > 0 && !isBatched();
        return (inParts ? " failed at statement " + failed + "; " : " failed; ") + whatStays(script, done);
    }

    private boolean isBatched() {
        return script.options().batch() != null;
    }

    /** What of a script stays after a failure, when so much of it is done in transactions of its own. */
    static String whatStays(MigrationScript script, int done) {
        boolean isBatched = script.options().batch() != null;
        return switch (done) {
            case -1, 0 -> "nothing of it was kept.";
            case 1 -> (isBatched ? "1 batch" : "statement 1") + " is done and stays.";
            default -> (isBatched ? done + " batches" : "statements 1 to " + done) + " are done and stay.";
        };
    }

    private SourceLocation location() {
        SqlPosition place = place();
        return place == null ? SourceLocation.of(script.location()) : place.in(script);
    }

    private @Nullable SqlPosition place() {
        if (statement == null) {
            return null;
        }
        if (failure.offset() >= 0) {
            return statement.locate(failure.offset() + 1);
        }
        SqlPosition inBlock = placeInDoBlock(statement);
        return inBlock == null ? statement.commandPosition() : inBlock;
    }

    /** For an error while a DO block runs the server gives no position, but the line within the block. */
    private @Nullable SqlPosition placeInDoBlock(SqlStatement block) {
        ServerErrorMessage server = serverMessage();
        if (server == null || server.getWhere() == null || !block.startsWith("do")) {
            return null;
        }
        Matcher line = LINE_IN_DO_BLOCK.matcher(server.getWhere());
        if (!line.find()) {
            return null;
        }
        SqlLexer tokens = block.tokens();
        while (tokens.nextSignificant() != SqlLexer.Kind.END) {
            if (tokens.kind() == SqlLexer.Kind.STRING || tokens.kind() == SqlLexer.Kind.DOLLAR_STRING) {
                SqlPosition body = block.locate(block.text().codePointCount(0, tokens.start()) + 1);
                return new SqlPosition(body.line() + Integer.parseInt(line.group(1)) - 1, 0, 0);
            }
        }
        return null;
    }

    /** The line with the error and up to three of the same statement before it, with a caret under the error. */
    private String excerpt(SourceLocation location) {
        if (statement == null || location.line() == 0) {
            return "";
        }
        int firstLine = statement.line();
        int failing = location.line() - firstLine;
        int firstShown = Math.max(0, failing - LINES_BEFORE);
        List<String> lines = statement
                .text()
                .lines()
                .skip(firstShown)
                .limit(LINES_BEFORE + 1L)
                .toList();
        if (failing < 0 || failing - firstShown >= lines.size()) {
            return "";
        }
        // The statement's first line is shown where it stands in the file; but a file can be one line of many
        // megabytes.
        int before = statement.column() - 1;
        String indent = before < MAX_WIDTH ? " ".repeat(before) : "... ";
        StringBuilder shown = new StringBuilder("\n");
        for (int i = firstShown; i <= failing; i++) {
            String line = (i == 0 ? indent : "") + lines.get(i - firstShown).replace('\t', ' ');
            shown.append("%6d | %s%n".formatted(firstLine + i, shorten(line)));
        }
        int caret = location.column() - (failing == 0 ? before - indent.length() : 0);
        if (location.column() > 0 && caret <= MAX_WIDTH) {
            shown.append("       | ").append(" ".repeat(caret - 1)).append("^\n");
        }
        return shown.append('\n').toString();
    }

    private static String shorten(String line) {
        return line.length() <= MAX_WIDTH ? line : line.substring(0, MAX_WIDTH) + "...";
    }

    private String reason() {
        SQLException error = failure.error();
        StringBuilder reason = new StringBuilder("  ERROR: ")
                .append(PostgresErrors.message(error))
                .append(" (SQLSTATE ")
                .append(error.getSQLState())
                .append(')');
        ServerErrorMessage server = serverMessage();
        if (server != null) {
            append(reason, "Detail", server.getDetail());
            append(reason, "Hint", server.getHint());
            append(reason, "Query", server.getInternalQuery());
            append(reason, "Where", server.getWhere());
        }
        if (!attempts.isEmpty()) {
            reason.append("\n  ").append(attempts);
        }
        return reason.toString();
    }

    private static void append(StringBuilder reason, String name, @Nullable String value) {
        if (value != null) {
            reason.append("\n  ").append(name).append(": ").append(value.replace("\n", "\n    "));
        }
    }

    private @Nullable ServerErrorMessage serverMessage() {
        return failure.error() instanceof PSQLException psql ? psql.getServerErrorMessage() : null;
    }

    private String remedy(String state) {
        String unseen = state.startsWith(SYNTAX_OR_NAMES) ? remedyForUnseen() : null;
        return unseen == null ? remedyFor(state) : unseen;
    }

    /** What stands in the statement and is easily overlooked. */
    private @Nullable String remedyForUnseen() {
        if (statement == null) {
            return null;
        }
        InvisibleCharacter invisible = InvisibleCharacter.in(statement);
        if (invisible != null) {
            return "Take " + VisibleText.nameOf(invisible.codePoint()) + " out of line "
                    + invisible.place().line() + ", column " + invisible.place().column()
                    + ": no editor shows it, and the server reads it as part of a word. " + remedy();
        }
        Matcher placeholder = PLACEHOLDER.matcher(fromError(statement));
        return placeholder.lookingAt()
                ? "Give ${" + placeholder.group(1) + "} a value with the setting "
                        + SettingNames.quoted(ScriptLanguage.settingOf(placeholder.group(1))) + ", or write it out. "
                        + remedy()
                : null;
    }

    private String fromError(SqlStatement of) {
        String text = of.text();
        return failure.offset() < 0 || failure.offset() >= text.codePointCount(0, text.length())
                ? ""
                : text.substring(text.offsetByCodePoints(0, failure.offset()));
    }

    private String remedyFor(String state) {
        return switch (state) {
            case "42P07", "42710", "42701", "42P06", "42723" ->
                "It exists already. If the database has all that this file makes, mark it as applied with 'stamp';"
                        + " if another tool made it, take over that tool's history with 'adopt'."
                        + " Else correct the script, and start again.";
            case "42P04" -> "Take CREATE DATABASE out (pg_dump without --create writes none), and start again.";
            case "42704" -> remedyForMissing(PostgresErrors.message(failure.error()));
            case PostgresErrors.NO_RIGHT ->
                "Grant the database user that right, or let another user run the migrations" + " (settings "
                        + SettingNames.quoted("postgresql.username") + " and "
                        + SettingNames.quoted("postgresql.password") + ").";
            case PostgresErrors.LOCK_NOT_AVAILABLE, PostgresErrors.DEADLOCK ->
                "Another session holds a lock on that table. Start again when it is done, or let this script wait longer:"
                        + " '-- migrate:lock-timeout 30s' in its header, or the setting "
                        + SettingNames.quoted("postgresql.lock-timeout") + ".";
            case "57014" ->
                PostgresErrors.message(failure.error()).contains("statement timeout")
                        ? "Raise the setting " + SettingNames.quoted("postgresql.statement-timeout")
                                + ", or make the statement faster."
                        : "It was cancelled. Start again.";
            case "53100", "53200", "53400" -> "Make room on the server, and start again. The script is not to blame.";
            case PostgresErrors.NOT_IN_TRANSACTION -> remedyForTransaction();
            case PostgresErrors.READ_ONLY ->
                "The session may only read: the server is a standby, or the connection or the database user is set to read"
                        + " only (default_transaction_read_only). Connect to the primary server, with a user who may write."
                        + " If the script itself sets its transaction to READ ONLY, take that out.";
            default -> remedy();
        };
    }

    /** Inside of a function the server refuses it too, and there no header helps. */
    private String remedyForTransaction() {
        if (PostgresErrors.isRefusedInFunction(failure.error())) {
            return "It can never run inside a function, a procedure or a DO block. Take it out there, and write it into the"
                    + " file as a statement of its own.";
        }
        return script.options().transaction() == MigrationScript.Transaction.FILE
                ? "This statement cannot run in a transaction. Take '-- migrate:transaction file' out of the header; then it"
                        + " runs by itself."
                : "This statement cannot run in a transaction, and the script has begun one. Write COMMIT before it.";
    }

    private String remedy() {
        if (done <= 0) {
            return "Correct the script and start again: it runs from its beginning.";
        }
        return isBatched()
                ? "Correct the script and start again: it goes on with the rows that are left."
                : "Correct the script after statement " + done + " and start again: it goes on there.";
    }

    /** What a dump brings with it that this server does not have. */
    private String remedyForMissing(String message) {
        if (message.startsWith("role ")) {
            return "Create the role first, or make the dump with --no-owner and --no-privileges. " + remedy();
        }
        return message.startsWith("unrecognized configuration parameter")
                ? "This server does not have that setting. Take it out. " + remedy()
                : remedy();
    }
}
