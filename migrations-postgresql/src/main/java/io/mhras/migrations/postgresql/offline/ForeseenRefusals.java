package io.mhras.migrations.postgresql.offline;

import io.mhras.migrations.postgresql.sql.SqlLexer;
import io.mhras.migrations.postgresql.sql.SqlStatement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What the server would refuse in the current transaction, for a script that cannot react to the refusal. */
final class ForeseenRefusals {

    private static final Set<String> CHANGING_DEFINITIONS = Set.of("CREATE", "ALTER", "DROP");
    private static final Pattern ENDS_TRANSACTION =
            Pattern.compile("\\b(COMMIT|ROLLBACK)\\b", Pattern.CASE_INSENSITIVE);

    /** New values of an enum that no transaction has committed yet, as strings of SQL. */
    private final Set<String> newValues = new HashSet<>();

    /** Whether it must be outside of a transaction. Only the server knows what a procedure does; most exist to commit. */
    boolean wantsNone(SqlStatement statement) {
        List<String> words = statement.leading(3);
        return switch (words.get(0)) {
            case "CALL" -> true;
            case "DO" -> ENDS_TRANSACTION.matcher(statement.text()).find();
            case "CLUSTER" -> words.size() == 1;
            default -> CHANGING_DEFINITIONS.contains(words.get(0)) && words.contains("SUBSCRIPTION");
        };
    }

    /** Whether it uses a value that the transaction has added to an enum; before PostgreSQL 17 even to one that it made. */
    boolean wantsItsOwn(SqlStatement statement) {
        SqlLexer tokens = statement.tokens();
        if (statement.startsWith("alter", "type")) {
            if (statement.leading(Integer.MAX_VALUE).containsAll(List.of("ADD", "VALUE"))) {
                newValues.add(firstString(tokens));
            }
            return false;
        }
        while (!newValues.isEmpty() && tokens.nextSignificant() != SqlLexer.Kind.END) {
            if (tokens.kind() == SqlLexer.Kind.STRING && newValues.contains(tokens.text())) {
                return true;
            }
        }
        return false;
    }

    private static String firstString(SqlLexer tokens) {
        SqlLexer.Kind token = tokens.nextSignificant();
        while (token != SqlLexer.Kind.STRING && token != SqlLexer.Kind.END) {
            token = tokens.nextSignificant();
        }
        return tokens.text();
    }

    void committed() {
        newValues.clear();
    }
}
