package io.mhras.migrations.schema.measure;

import io.mhras.migrations.postgresql.sql.SqlLexer;
import io.mhras.migrations.postgresql.sql.SqlLexer.Strings;
import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.FactKind;
import io.mhras.migrations.schema.report.LockMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What PostgreSQL's manual says of the locks of statements that run outside of a transaction, for those that nobody waits for
 * or that lock one table after another.
 *
 * @param catalog what there is
 * @param find the oid of the relation that the script means by a name; null if there is none
 */
record KnownLocks(Catalog catalog, Function<String, @Nullable Long> find) {

    /** The locks of this statement by the oids of the relations. */
    Map<Long, LockMode> of(String sql) {
        SqlLexer tokens = new SqlLexer(sql, Strings.STANDARD);
        tokens.nextSignificant();
        String verb = tokens.text().toUpperCase(Locale.ROOT);
        List<String> options = options(tokens);
        return switch (verb) {
            case "VACUUM" ->
                all(
                        names(tokens),
                        options.contains("FULL") ? LockMode.ACCESS_EXCLUSIVE : LockMode.SHARE_UPDATE_EXCLUSIVE);
            case "REINDEX" -> reindex(tokens, options);
            default -> Map.of();
        };
    }

    /** The words between the verb and the first name; options in parentheses count as well. */
    private static List<String> options(SqlLexer tokens) {
        List<String> options = new ArrayList<>();
        tokens.nextSignificant();
        if (tokens.isPunctuation('(')) {
            while (!tokens.isPunctuation(')') && tokens.kind() != SqlLexer.Kind.END) {
                options.add(tokens.text().toUpperCase(Locale.ROOT));
                tokens.nextSignificant();
            }
            tokens.nextSignificant();
        }
        while (List.of("full", "freeze", "verbose", "analyze", "analyse", "only").stream()
                .anyMatch(tokens::isWord)) {
            options.add(tokens.text().toUpperCase(Locale.ROOT));
            tokens.nextSignificant();
        }
        return options;
    }

    private static List<String> names(SqlLexer tokens) {
        List<String> names = new ArrayList<>();
        while (tokens.kind() != SqlLexer.Kind.END) {
            names.add(tokens.qualifiedName());
            while (!tokens.isPunctuation(',') && tokens.kind() != SqlLexer.Kind.END) {
                if (tokens.isPunctuation('(')) {
                    skipParentheses(tokens);
                }
                tokens.nextSignificant();
            }
            tokens.nextSignificant();
        }
        return names;
    }

    private static void skipParentheses(SqlLexer tokens) {
        while (!tokens.isPunctuation(')') && tokens.kind() != SqlLexer.Kind.END) {
            tokens.nextSignificant();
        }
    }

    /** Of a whole schema or database; that of a table or an index waits for others, and is seen. */
    private Map<Long, LockMode> reindex(SqlLexer tokens, List<String> options) {
        boolean isOfSchema = tokens.isWord("schema");
        if (!isOfSchema && !tokens.isWord("database")) {
            return Map.of();
        }
        tokens.nextSignificant();
        boolean isConcurrent = options.contains("CONCURRENTLY") || tokens.isWord("concurrently");
        if (tokens.isWord("concurrently")) {
            tokens.nextSignificant();
        }
        String name = tokens.text().replace("\"", "");
        Predicate<FactId> isMeant = id -> !isOfSchema || id.path().get(0).equals(name);
        Map<Long, LockMode> locks = tables(isMeant, isConcurrent ? LockMode.SHARE_UPDATE_EXCLUSIVE : LockMode.SHARE);
        if (!isConcurrent) {
            catalog.relations().forEach((oid, object) -> {
                if (object.id().kind() == FactKind.INDEX && isMeant.test(object.id())) {
                    locks.put(oid, LockMode.ACCESS_EXCLUSIVE);
                }
            });
        }
        return locks;
    }

    private Map<Long, LockMode> all(List<String> names, LockMode mode) {
        if (names.isEmpty()) {
            return tables(id -> true, mode);
        }
        return names.stream()
                .map(find)
                .filter(oid -> oid != null && catalog.relations().containsKey(oid))
                .distinct()
                .collect(Collectors.toMap(oid -> oid, oid -> mode));
    }

    private Map<Long, LockMode> tables(Predicate<FactId> isMeant, LockMode mode) {
        return catalog.relations().entrySet().stream()
                .filter(entry -> switch (entry.getValue().id().kind()) {
                    case TABLE, MATERIALIZED_VIEW ->
                        entry.getValue().file() != 0
                                && isMeant.test(entry.getValue().id());
                    default -> false;
                })
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> mode));
    }
}
