package io.mhras.migrations.mongodb.shell;

import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.ScriptLanguage;
import io.mhras.migrations.SourceLocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** JavaScript as mongosh runs it. */
public enum JavaScriptLanguage implements ScriptLanguage {
    MONGOSH;

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([\\w.:-]+)}");

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

    /** In strings; what is in a template literal is JavaScript's own. */
    @Override
    public List<Placeholder> placeholders(MigrationScript script) {
        List<Placeholder> found = new ArrayList<>();
        for (Token token : JavaScriptLexer.tokens(script.text())) {
            Matcher placeholder = PLACEHOLDER.matcher(token.text());
            while (token.kind() == Token.Kind.STRING && placeholder.find()) {
                int column = token.column() + token.text().codePointCount(0, placeholder.start());
                found.add(new Placeholder(
                        placeholder.group(1), new SourceLocation(script.location(), token.line(), column)));
            }
        }
        return found;
    }
}
