package io.mhras.migrations.postgresql;

import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.ScriptLanguage;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** SQL as PostgreSQL reads it, by default. */
enum SqlLanguage implements ScriptLanguage {
    /** With standard_conforming_strings, as every server has it unless told otherwise. */
    STANDARD;

    @Override
    public boolean sameStatements(String one, String other) {
        return new SqlComparison(one, other, SqlStrings.STANDARD).sameStatements();
    }

    @Override
    public int count(MigrationScript script, int most) {
        return ScriptRunner.read(script, SqlStrings.STANDARD, most, text -> {});
    }

    @Override
    public Optional<String> statement(MigrationScript script, int number) {
        AtomicReference<String> last = new AtomicReference<>();
        return ScriptRunner.read(script, SqlStrings.STANDARD, number, last::set) == number
                ? Optional.ofNullable(SqlMask.of(last.get()))
                : Optional.empty();
    }
}
