package io.mhras.migrations.mongodb.shell;

import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.ScriptLanguage;
import java.util.Optional;

/** JavaScript as mongosh runs it. */
public enum JavaScriptLanguage implements ScriptLanguage {
    MONGOSH;

    @Override
    public boolean sameStatements(String one, String other) {
        return JavaScriptLexer.isSame(one, other);
    }

    /** A script is a program: how many statements it will have sent shows when it has run. */
    @Override
    public int count(MigrationScript script, int most) {
        return most;
    }

    /** See {@link #count}: what the holder of the lock sends, it reports there. */
    @Override
    public Optional<String> statement(MigrationScript script, int number) {
        return Optional.empty();
    }

    @Override
    public String masked(String text) {
        return JavaScriptLexer.masked(text);
    }
}
