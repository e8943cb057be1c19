package io.mhras.migrations.mongodb.shell;

import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.SourceLocation;
import io.mhras.migrations.mongodb.shell.Token.Kind;
import io.mhras.migrations.text.VisibleText;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.SourceSection;

/** Looks for all that would stop a script, in it and in what it loads, without running it. */
final class ScriptValidator {

    private final JavaScriptEngine engine;

    ScriptValidator(JavaScriptEngine engine) {
        this.engine = engine;
    }

    void validate(MigrationScript script) {
        validate(script, new HashSet<>());
    }

    private void validate(MigrationScript script, Set<String> seen) {
        if (!seen.add(script.location())) {
            return;
        }
        String text = script.text();
        List<Token> tokens = JavaScriptLexer.tokens(text);
        ScriptGuard.first(tokens).ifPresent(refusal -> {
            throw new InvalidMigration(refusal.problem(), place(script, refusal.at()), refusal.remedy());
        });
        parse(script, text, tokens);
        for (int i = 0; i + 2 < tokens.size(); i++) {
            boolean loads = tokens.get(i).is("load") && tokens.get(i + 1).is("(");
            if (loads
                    && tokens.get(i + 2).kind() == Kind.STRING
                    && !(i > 0 && tokens.get(i - 1).is("."))) {
                validate(loaded(script, tokens.get(i + 2)), seen);
            }
        }
    }

    private static MigrationScript loaded(MigrationScript script, Token name) {
        try {
            return LoadFolder.of(script).file(name.value());
        } catch (IllegalArgumentException e) {
            throw new InvalidMigration(
                    String.valueOf(e.getMessage()),
                    place(script, name),
                    "Name a file of the script's own folder, or of one below it.");
        }
    }

    private void parse(MigrationScript script, String text, List<Token> tokens) {
        try {
            engine.parse(script.location(), text);
        } catch (PolyglotException e) {
            if (!e.isSyntaxError()) {
                throw e;
            }
            SourceSection at = e.getSourceLocation();
            SourceLocation place = at == null
                    ? SourceLocation.of(script.location())
                    : new SourceLocation(script.location(), at.getStartLine(), at.getStartColumn());
            throw new InvalidMigration(
                    "this is no JavaScript: " + EngineErrors.syntaxError(e) + "\n"
                            + ScriptExcerpt.of(script, place).stripTrailing(),
                    place,
                    invisible(tokens) + "Correct the script. Nothing has run.");
        }
    }

    /** Says where a character stands that no editor shows, if there is one that is no white space of JavaScript's. */
    private static String invisible(List<Token> tokens) {
        for (Token token : tokens) {
            int[] characters = token.text().codePoints().toArray();
            boolean isCode = token.kind() == Kind.WORD || token.kind() == Kind.SIGN;
            for (int i = 0; isCode && i < characters.length; i++) {
                if (VisibleText.isInvisible(characters[i])) {
                    return "Take " + VisibleText.nameOf(characters[i]) + " out of line " + token.line() + ", column "
                            + (token.column() + i)
                            + ": no editor shows it, and JavaScript does not take it for a space. ";
                }
            }
        }
        return "";
    }

    private static SourceLocation place(MigrationScript script, Token token) {
        return new SourceLocation(script.location(), token.line(), token.column());
    }
}
