package io.mhras.migrations.postgresql.sql;

import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.ScriptLanguage;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** SQL as PostgreSQL reads it, by default. */
public final class SqlLanguage implements ScriptLanguage {

    /** With standard_conforming_strings, as every server has it unless told otherwise. */
    public static final ScriptLanguage STANDARD = new SqlLanguage();

    private SqlLanguage() {}

    @Override
    public boolean sameStatements(String one, String other) {
        return new SqlComparison(one, other, SqlLexer.Strings.STANDARD).sameStatements();
    }

    @Override
    public int count(MigrationScript script, int most) {
        return read(script, most, text -> {});
    }

    @Override
    public Optional<String> statement(MigrationScript script, int number) {
        AtomicReference<String> last = new AtomicReference<>();
        return read(script, number, last::set) == number
                ? Optional.ofNullable(SqlMask.of(last.get()))
                : Optional.empty();
    }

    @Override
    public String masked(String text) {
        return SqlMask.ofScript(text);
    }

    @Override
    public List<Placeholder> placeholders(MigrationScript script) {
        List<Placeholder> found = new ArrayList<>();
        try (Reader reader = script.open()) {
            read(
                    new SqlScript(reader),
                    Integer.MAX_VALUE,
                    statement -> SqlPlaceholders.addFrom(statement, script, found));
        } catch (IOException e) {
            throw InvalidMigration.unreadable(script.location(), e);
        }
        return found;
    }

    /** Reads a script's statements, at most so many; returns how many they were. */
    private static int read(MigrationScript script, int most, Consumer<String> texts) {
        try (Reader reader = script.open()) {
            return read(new SqlScript(reader), most, statement -> texts.accept(statement.text()));
        } catch (IOException e) {
            throw InvalidMigration.unreadable(script.location(), e);
        }
    }

    /** Reads its statements, at most so many; returns how many they were. */
    private static int read(SqlScript script, int most, Consumer<SqlStatement> statements) throws IOException {
        int number = 0;
        while (number < most) {
            SqlStatement next = script.next();
            if (next == null) {
                break;
            }
            if (next.kind() != SqlStatement.Kind.META_COMMAND) {
                statements.accept(next);
                number++;
            }
        }
        return number;
    }
}
