package io.mhras.migrations.mongodb.shell;

import io.mhras.migrations.mongodb.shell.Token.Kind;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds what mongosh knows at its prompt, but has no meaning in a migration, or would do harm.
 *
 * <p>mongosh itself runs a file that begins with {@code use other}, does nothing of it, and reports success.
 */
final class ScriptGuard {

    private static final Map<String, String> SHOWN = Map.of(
            "dbs", "print(db.getMongo().getDBNames())",
            "databases", "print(db.getMongo().getDBNames())",
            "collections", "print(db.getCollectionNames())",
            "tables", "print(db.getCollectionNames())",
            "users", "print(db.getUsers())",
            "roles", "print(db.getRoles())",
            "profile", "print(db.system.profile.find().toArray())");

    private static final BigInteger LARGEST_EXACT = BigInteger.valueOf((1L << 53) - 1);

    private static final Set<String> PROMPT_WORDS = Set.of("it", "help", "exit", "quit", "cls");
    private static final Set<String> DECLARING = Set.of("function", "const", "let", "var", "class");

    /**
     * Something in a script that cannot be done here.
     *
     * @param at where
     * @param problem what it is
     * @param remedy what to write instead
     */
    record Refusal(Token at, String problem, String remedy) {}

    private final List<Token> tokens;
    private final Set<String> declared = new HashSet<>();

    private ScriptGuard(List<Token> tokens) {
        this.tokens = tokens;
        for (int i = 1; i < tokens.size(); i++) {
            if (tokens.get(i).isWord() && DECLARING.contains(tokens.get(i - 1).text())) {
                declared.add(tokens.get(i).text());
            }
        }
    }

    static Optional<Refusal> first(List<Token> tokens) {
        ScriptGuard refusals = new ScriptGuard(tokens);
        return IntStream.range(0, tokens.size())
                .filter(i -> tokens.get(i).isWord())
                .mapToObj(refusals::at)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<Refusal> at(int i) {
        Token token = tokens.get(i);
        Refusal refusal = startsStatement(i) ? command(i, token) : null;
        if (refusal == null) {
            refusal = isMember(i) ? method(i, token) : function(i, token);
        }
        return Optional.ofNullable(refusal);
    }

    private @Nullable Refusal command(int i, Token token) {
        Token next = onSameLine(i + 1);
        if (token.is("use") && next != null && (next.isWord() || next.kind() == Kind.STRING)) {
            return new Refusal(
                    token,
                    "'use " + next.value() + "' works at mongosh's prompt only: a file that has it does nothing",
                    "Write db = db.getSiblingDB('" + next.value() + "');");
        }
        if (token.is("show") && next != null && next.isWord()) {
            return new Refusal(
                    token,
                    "'show " + next.text() + "' works at mongosh's prompt only",
                    "Write " + SHOWN.getOrDefault(next.text(), "print(...) with what you want to see") + ";");
        }
        if (PROMPT_WORDS.contains(token.text()) && (next == null || next.is(";")) && !isDeclared(token)) {
            return new Refusal(
                    token,
                    "'" + token.text() + "' works at mongosh's prompt only",
                    token.is("exit") || token.is("quit") ? NotInMigrations.STOPPING : "Take it out.");
        }
        if (token.is("import") || token.is("export")) {
            return new Refusal(token, "a migration has no " + token.text() + "s", NotInMigrations.NO_MODULES);
        }
        return null;
    }

    private @Nullable Refusal function(int i, Token token) {
        String remedy = NotInMigrations.FUNCTIONS.get(token.text());
        if (remedy == null && !isAskedFor(token)) {
            remedy = NotInMigrations.FOREIGN_FUNCTIONS.get(token.text());
        }
        if (remedy != null && isCalled(i) && !isDeclared(token) && !isDeclaration(i)) {
            return new Refusal(token, token.text() + "() is not available in a migration", remedy);
        }
        if (token.is("import") && isCalled(i)) {
            return new Refusal(token, "a migration has no imports", NotInMigrations.NO_MODULES);
        }
        if ((token.is("NumberLong") || token.is("Long")) && isCalled(i) && isInexact(i + 2)) {
            String digits = (isSign(i + 2, "-") ? "-" : "") + number(i + 2);
            return new Refusal(
                    token,
                    token.text() + "(" + digits + "): JavaScript reads these digits as another number",
                    "Write it as text: " + token.text() + "('" + digits + "').");
        }
        String object = NotInMigrations.OBJECTS.get(token.text());
        return object != null && isLookedInto(i) && !isDeclared(token) && !isAskedFor(token)
                ? new Refusal(token, token.text() + " is not available in a migration", object)
                : null;
    }

    /** Whether this number of the script has more digits than JavaScript keeps. */
    private boolean isInexact(int i) {
        String digits = number(i);
        return digits.matches("\\d{16,}") && new BigInteger(digits).compareTo(LARGEST_EXACT) > 0;
    }

    /** Without its sign. */
    private String number(int i) {
        int at = isSign(i, "-") ? i + 1 : i;
        return at < tokens.size() ? tokens.get(at).text().replace("_", "") : "";
    }

    private boolean isLookedInto(int i) {
        return isSign(i + 1, ".") || isSign(i + 1, "[") || isSign(i + 1, "?") && isSign(i + 2, ".");
    }

    /** Whether it stands anywhere by itself: behind {@code typeof}, or as a parameter of the script's own. */
    private boolean isAskedFor(Token token) {
        return IntStream.range(0, tokens.size())
                .anyMatch(i -> tokens.get(i).is(token.text())
                        && !isMember(i)
                        && !isLookedInto(i)
                        && !isCalled(i)
                        && !isSign(i + 1, ":"));
    }

    private @Nullable Refusal method(int i, Token token) {
        String remedy = NotInMigrations.METHODS.get(token.text());
        if (remedy == null || !isCalled(i) || !token.is("startSession") && !root(i).equals("db")) {
            return null;
        }
        return new Refusal(token, token.text() + "() is not available in a migration", remedy);
    }

    /** The word that a chain of members begins with: {@code db} in {@code db.getSiblingDB('x').audits}. */
    private String root(int i) {
        int at = i;
        while (at >= 2 && isSign(at - 1, ".")) {
            at -= 2;
            while (at > 0 && (isSign(at, ")") || isSign(at, "]"))) {
                at = opening(at) - 1;
            }
        }
        return at >= 0 ? tokens.get(at).text() : "";
    }

    private int opening(int closing) {
        int depth = 0;
        for (int at = closing; at > 0; at--) {
            if (isSign(at, ")") || isSign(at, "]") || isSign(at, "}")) {
                depth++;
            } else if ((isSign(at, "(") || isSign(at, "[") || isSign(at, "{")) && --depth == 0) {
                return at;
            }
        }
        return 1;
    }

    private boolean startsStatement(int i) {
        Token token = tokens.get(i);
        return token.startsLine() && !isMember(i) || i > 0 && isSign(i - 1, ";");
    }

    private boolean isMember(int i) {
        return isSign(i - 1, ".");
    }

    private boolean isCalled(int i) {
        return isSign(i + 1, "(");
    }

    private boolean isDeclared(Token token) {
        return declared.contains(token.text());
    }

    /** A method of a class or of an object: {@code connect() { ... }}. */
    private boolean isDeclaration(int i) {
        int depth = 0;
        for (int at = i + 1; at < tokens.size(); at++) {
            depth += isSign(at, "(") ? 1 : isSign(at, ")") ? -1 : 0;
            if (depth == 0) {
                return isSign(at + 1, "{");
            }
        }
        return false;
    }

    private boolean isSign(int i, String sign) {
        return i >= 0
                && i < tokens.size()
                && tokens.get(i).kind() == Kind.SIGN
                && tokens.get(i).text().equals(sign);
    }

    private @Nullable Token onSameLine(int i) {
        return i < tokens.size() && !tokens.get(i).startsLine() ? tokens.get(i) : null;
    }
}
