package io.mhras.migrations.schema.scratch;

import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.SourceLocation;
import io.mhras.migrations.postgresql.sql.ConnectTarget;
import io.mhras.migrations.postgresql.sql.SqlLexer;
import io.mhras.migrations.postgresql.sql.SqlPosition;
import io.mhras.migrations.postgresql.sql.SqlScript;
import io.mhras.migrations.postgresql.sql.SqlStatement;
import io.mhras.migrations.schema.scratch.SqlPiece.Token;
import java.io.IOException;
import java.io.Reader;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a script for what a scratch database has to be told of it, without running it. */
final class ScriptReading {

    private static final Set<String> NO_ROLES =
            Set.of("public", "current_user", "current_role", "session_user", "none", "default");
    private static final Set<String> STARTS = Set.of("BEGIN", "THEN", "ELSE", "LOOP", "EXECUTE");
    private static final Set<String> WITH_BODY = Set.of("DO", "CREATE");

    private final MigrationScript script;
    private final @Nullable String realName;
    private final ScriptFindings findings = new ScriptFindings();

    private ScriptReading(MigrationScript script, @Nullable String realName) {
        this.script = script;
        this.realName = realName;
    }

    /**
     * What is in it.
     *
     * @param realName the real database's name; null if there is none
     * @throws InvalidMigration if it cannot be read
     */
    static ScriptFindings of(MigrationScript script, @Nullable String realName) {
        ScriptReading reading = new ScriptReading(script, realName);
        try (Reader text = script.open()) {
            SqlScript statements = new SqlScript(text);
            for (SqlStatement next = statements.next(); next != null; next = statements.next()) {
                reading.read(next);
            }
        } catch (IOException e) {
            throw InvalidMigration.unreadable(script.location(), e);
        }
        return reading.findings;
    }

    private void read(SqlStatement statement) {
        if (statement.kind() == SqlStatement.Kind.META_COMMAND) {
            connect(statement);
            return;
        }
        if (statement.kind() == SqlStatement.Kind.INSERT) {
            calls(statement);
            return;
        }
        SqlPiece sql = SqlPiece.of(statement);
        command(statement, sql, 0);
        needs(statement, sql);
        boolean hasBody = WITH_BODY.contains(sql.word(0));
        boolean hasCalls = !BeyondDatabase.namesObjectsOnly(sql, 0);
        for (int i = 0; i < sql.tokens().size(); i++) {
            if (hasCalls) {
                call(statement, sql, i);
            }
            if (hasBody && isString(sql.at(i))) {
                body(statement, sql.inside(sql.at(i)));
            }
        }
    }

    /** There can be millions of tokens, of which only calls matter. */
    private void calls(SqlStatement statement) {
        SqlLexer tokens = statement.tokens();
        Token before = SqlPiece.NONE;
        Token last = SqlPiece.NONE;
        while (tokens.nextSignificant() != SqlLexer.Kind.END) {
            boolean isLookedAt = !tokens.isPunctuation(',') && tokens.kind() != SqlLexer.Kind.STRING;
            Token token = isLookedAt ? new Token(tokens.kind(), tokens.text(), tokens.start()) : SqlPiece.NONE;
            if (tokens.isPunctuation('(') && last.isIdentifier()) {
                call(statement, new SqlPiece(statement.text(), 0, true, List.of(before, last, token)), 1);
            }
            before = last;
            last = token;
        }
    }

    /** In a body, statements begin where a keyword or a semicolon says so, and strings may be executed. */
    private void body(SqlStatement statement, SqlPiece sql) {
        for (int i = 0; i < sql.tokens().size(); i++) {
            if (i == 0 || sql.isPunctuation(i - 1, ";") || STARTS.contains(sql.word(i - 1))) {
                command(statement, sql, i);
            }
            call(statement, sql, i);
            if (isString(sql.at(i))) {
                body(statement, sql.inside(sql.at(i)));
            }
        }
    }

    private static boolean isString(Token token) {
        return token.kind() == SqlLexer.Kind.STRING || token.kind() == SqlLexer.Kind.DOLLAR_STRING;
    }

    private void call(SqlStatement statement, SqlPiece sql, int i) {
        String why = BeyondDatabase.call(sql, i);
        if (why != null) {
            findings.reach(why, place(statement, sql, i));
        }
    }

    private void command(SqlStatement statement, SqlPiece sql, int i) {
        String why = BeyondDatabase.command(sql, i);
        if (why != null) {
            findings.reach(why, place(statement, sql, i));
        }
        if (sql.has(i, "CREATE") && Set.of("ROLE", "USER", "GROUP").contains(sql.word(i + 1))) {
            findings.madeRole(sql.at(i + 2).name());
        }
        database(statement, sql, i);
    }

    /** Where a statement names the database, the real one's name stands for the scratch's. */
    private void database(SqlStatement statement, SqlPiece sql, int i) {
        String verb = sql.word(i);
        switch (verb) {
            case "CREATE", "DROP" -> {
                if (sql.has(i + 1, "DATABASE")) {
                    findings.reach(verb + " DATABASE is about another database", place(statement, sql, i));
                }
            }
            case "ALTER" -> {
                if (sql.has(i + 1, "DATABASE")) {
                    renamed(statement, sql, i);
                    databaseName(statement, sql, i + 2);
                } else if (sql.has(i + 3, "IN", "DATABASE")) {
                    databaseName(statement, sql, i + 5);
                }
            }
            case "GRANT", "REVOKE", "COMMENT", "SECURITY" -> {
                int on = sql.find(i, List.of("ON"));
                if (on >= 0 && sql.has(on + 1, "DATABASE")) {
                    sql.names(on + 2).forEach(name -> databaseName(statement, sql, name));
                }
            }
            case "REINDEX" -> {
                int database = sql.find(i, List.of("DATABASE", "SYSTEM"));
                int name = sql.has(database + 1, "CONCURRENTLY") ? database + 2 : database + 1;
                if (database >= 0 && sql.at(name).isIdentifier()) {
                    databaseName(statement, sql, name);
                }
            }
            default -> {}
        }
    }

    private void renamed(SqlStatement statement, SqlPiece sql, int i) {
        if (sql.has(i + 3, "RENAME") || sql.has(i + 3, "SET", "TABLESPACE")) {
            findings.reach(
                    "ALTER DATABASE ... " + sql.word(i + 3) + " is about the whole server", place(statement, sql, i));
        }
    }

    private void databaseName(SqlStatement statement, SqlPiece sql, int i) {
        Token token = sql.at(i);
        boolean isName = token.isIdentifier();
        // A name that is put in when it runs, as by format('ALTER DATABASE %I ...', current_database()).
        if (!isName && statement.text().toLowerCase(Locale.ROOT).contains("current_database")) {
            return;
        }
        if (!isName || !token.name().equals(realName)) {
            findings.reach(
                    isName
                            ? "the database " + token.name() + " is another one"
                            : "which database is meant cannot be told",
                    place(statement, sql, i));
        } else if (!sql.isExact()) {
            findings.reach(
                    "the database's name stands in a string with quotes in it, where it cannot be read as the scratch's",
                    place(statement, sql, i));
        } else {
            SqlPosition from = position(statement, sql, i);
            findings.realName(
                    from.offset(), token.text().codePointCount(0, token.text().length()));
        }
    }

    private void connect(SqlStatement statement) {
        if (!statement.metaCommand().isConnect()) {
            return;
        }
        ConnectTarget target = ConnectTarget.of(statement.metaCommand());
        String name = target.database();
        if (name == null) {
            return;
        }
        int at = statement.text().lastIndexOf(name);
        if (target.isElsewhere() || !name.equals(realName) || at < 0) {
            findings.reach(
                    "\\connect leads to another database", statement.position().in(script));
            return;
        }
        findings.realName(
                statement.position().offset() + statement.text().codePointCount(0, at),
                name.codePointCount(0, name.length()));
    }

    /** Roles and extensions that have to be there. In a body it may depend on a condition whether they do. */
    private void needs(SqlStatement statement, SqlPiece sql) {
        if (sql.has(0, "CREATE", "EXTENSION")) {
            int name = sql.has(2, "IF", "NOT", "EXISTS") ? 5 : 2;
            findings.extension(sql.at(name).name(), place(statement, sql, name));
        }
        boolean isPolicy = sql.word(1).equals("POLICY");
        switch (sql.word(0)) {
            case "GRANT", "REVOKE" -> roles(statement, sql, sql.find(1, List.of("TO", "FROM")));
            case "SET" -> {
                int role = sql.has(1, "SESSION") || sql.has(1, "LOCAL") ? 2 : 1;
                if (sql.has(role, "ROLE") || sql.has(role, "AUTHORIZATION")) {
                    roles(statement, sql, role);
                }
            }
            case "CREATE" -> {
                if (isPolicy) {
                    roles(statement, sql, sql.find(2, List.of("TO")));
                } else if (sql.has(1, "SCHEMA")) {
                    roles(statement, sql, sql.find(2, List.of("AUTHORIZATION")));
                }
            }
            case "ALTER" -> {
                int owner = sql.find(1, List.of("OWNER"));
                if (owner >= 0 && sql.has(owner + 1, "TO")) {
                    roles(statement, sql, owner + 1);
                } else if (sql.has(1, "DEFAULT", "PRIVILEGES")) {
                    if (sql.has(3, "FOR")) {
                        roles(statement, sql, 4);
                    }
                    roles(statement, sql, sql.find(1, List.of("TO", "FROM")));
                }
            }
            default -> {}
        }
    }

    private void roles(SqlStatement statement, SqlPiece sql, int before) {
        if (before < 0) {
            return;
        }
        int first = sql.has(before + 1, "GROUP") ? before + 2 : before + 1;
        for (int i : sql.names(first)) {
            String name = sql.at(i).name();
            if (!NO_ROLES.contains(name)) {
                findings.role(name, place(statement, sql, i));
            }
        }
    }

    private SourceLocation place(SqlStatement statement, SqlPiece sql, int i) {
        return position(statement, sql, i).in(script);
    }

    private static SqlPosition position(SqlStatement statement, SqlPiece sql, int i) {
        int at = Math.min(statement.text().length(), sql.base() + sql.at(i).start());
        return statement.locate(statement.text().codePointCount(0, at) + 1);
    }
}
