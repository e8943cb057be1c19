package io.mhras.migrations.mongodb.shell;

import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.ScriptLanguage;
import io.mhras.migrations.SourceLocation;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** JavaScript as mongosh runs it. */
public enum JavaScriptLanguage implements ScriptLanguage {
    MONGOSH;

    private static final Pattern CHECK = Pattern.compile("(?i)\\s*//\\s*migrate:check\\s+(\\S.*?)\\s*");

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

    /**
     * The lines that name a check, {@code // migrate:check NAME}, from 1, with the names.
     *
     * @throws InvalidMigration if one of them stands inside of brackets: a check is not a part of another statement
     */
    public static NavigableMap<Integer, String> checks(String location, String text) {
        NavigableMap<Integer, String> names = new TreeMap<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            Matcher name = CHECK.matcher(lines.get(i));
            if (name.matches()) {
                names.put(i + 1, name.group(1));
            }
        }
        if (names.isEmpty()) {
            return names;
        }
        int depth = 0;
        int from = 1;
        for (Token token : JavaScriptLexer.tokens(text)) {
            if (depth > 0
                    && from < token.line()
                    && !names.subMap(from, token.line()).isEmpty()) {
                throw new InvalidMigration(
                        "a check is named inside of brackets.",
                        new SourceLocation(location, names.ceilingKey(from), 0),
                        "Write 'migrate:check' above a statement of its own.");
            }
            depth += token.is("(") || token.is("[") || token.is("{") ? 1 : 0;
            depth -= token.is(")") || token.is("]") || token.is("}") ? 1 : 0;
            from = token.line() + (int) token.text().lines().count();
            // What looks like a comment there is in a template.
            names.subMap(token.line() + 1, Math.max(token.line() + 1, from)).clear();
        }
        return names;
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
