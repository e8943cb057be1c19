package io.mhras.migrations.schema.snapshot;

import io.mhras.migrations.schema.FactId;
import io.mhras.migrations.schema.FactKind;
import io.mhras.migrations.schema.SchemaFact;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a text of one fact is loaded, and read again.
 *
 * <p>A text that names no table is loaded into a temporary table with the same name and columns; one that does, as that
 * of an index, into the table itself, from which its namesake is dropped first.
 *
 * @param place the relation that has to be there; null if none has to
 * @param makingThePlace what makes it, where it is missing
 * @param before the statements before the text's own
 * @param prefix what comes before the text in its statement
 * @param suffix what comes after it
 * @param reading the query that answers with the text
 * @param named its parameters
 */
record TextLoading(
        @Nullable String place,
        List<String> makingThePlace,
        List<String> before,
        String prefix,
        String suffix,
        String reading,
        List<String> named) {

    private static final String NAME = "mhras_reload";

    private static final String EXPRESSION = """
            SELECT pg_get_expr(d.adbin, d.adrelid)
            FROM pg_attrdef d
              JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
              JOIN pg_class c ON c.oid = d.adrelid
            WHERE c.relnamespace = pg_my_temp_schema() AND c.relname = ? AND a.attname = ?""";

    /** The way for this attribute; null if it is no text that a server makes. */
    static @Nullable TextLoading of(SchemaFact fact, String attribute, NavigableMap<FactId, SchemaFact> all) {
        String names = fact.id().kind() + " " + attribute;
        FactId parent = Objects.requireNonNullElse(fact.parent(), fact.id());
        String table = FactId.quoted(parent.name());
        String name = FactId.quoted(fact.id().name());
        return switch (names) {
            case "constraint definition" ->
                parent.kind() == FactKind.DOMAIN
                        ? temporary(
                                domain(parent, all),
                                "ALTER DOMAIN pg_temp." + table + " ADD CONSTRAINT " + NAME + " ",
                                "",
                                "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = ?",
                                NAME)
                        : mayBeAnExpression(fact)
                                ? temporary(
                                        table(parent, all),
                                        "ALTER TABLE pg_temp." + table + " ADD CONSTRAINT " + NAME + " ",
                                        "",
                                        "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = ?",
                                        NAME)
                                : null;
            case "domain default" ->
                temporary(
                        domain(fact.id(), all),
                        "ALTER DOMAIN pg_temp." + name + " SET DEFAULT ",
                        "",
                        "SELECT pg_get_expr(typdefaultbin, 0) FROM pg_type WHERE typname = ? AND typnamespace = pg_my_temp_schema()",
                        fact.id().name());
            case "default expression" -> {
                FactId column = parent;
                FactId of = Objects.requireNonNull(all.get(column)).parent();
                yield of == null
                        ? null
                        : temporary(
                                table(of, all),
                                "ALTER TABLE pg_temp." + FactId.quoted(of.name()) + " ALTER COLUMN " + name
                                        + " SET DEFAULT ",
                                "",
                                EXPRESSION,
                                of.name(),
                                fact.id().name());
            }
            case "column expression" ->
                temporary(
                        table(parent, all),
                        "ALTER TABLE pg_temp." + table + " DROP COLUMN " + name + ", ADD COLUMN " + name + " "
                                + type(fact) + " GENERATED ALWAYS AS (",
                        ") " + fact.attribute("generated"),
                        EXPRESSION,
                        parent.name(),
                        fact.id().name());
            case "policy using", "policy with check" ->
                temporary(
                        table(parent, all),
                        "CREATE POLICY " + NAME + " ON pg_temp." + table
                                + (attribute.equals("using") ? " USING (" : " WITH CHECK ("),
                        ")",
                        "SELECT pg_get_expr(" + (attribute.equals("using") ? "polqual" : "polwithcheck")
                                + ", polrelid) FROM pg_policy WHERE polname = ?",
                        NAME);
            case "view definition", "materialized view definition" ->
                temporary(
                        null,
                        "CREATE TEMPORARY VIEW " + NAME + " AS ",
                        "",
                        "SELECT pg_get_viewdef(to_regclass(?))",
                        "pg_temp." + NAME);
            case "table partition by" ->
                temporary(
                        null,
                        table(fact.id(), all) + " PARTITION BY ",
                        "",
                        "SELECT pg_get_partkeydef(to_regclass(?))",
                        "pg_temp." + name);
            case "index definition" ->
                inPlace(
                        parent,
                        all,
                        "DROP INDEX IF EXISTS " + fact.id().qualifiedName() + " CASCADE",
                        "SELECT pg_get_indexdef(to_regclass(?))",
                        fact.id().qualifiedName());
            case "trigger definition" ->
                inPlace(
                        parent,
                        all,
                        "DROP TRIGGER IF EXISTS " + name + " ON " + parent.qualifiedName(),
                        "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = to_regclass(?) AND tgname = ?",
                        parent.qualifiedName(),
                        fact.id().name());
            case "rule definition" ->
                inPlace(
                        parent,
                        all,
                        "DROP RULE IF EXISTS " + name + " ON " + parent.qualifiedName(),
                        "SELECT pg_get_ruledef(oid) FROM pg_rewrite WHERE ev_class = to_regclass(?) AND rulename = ?",
                        parent.qualifiedName(),
                        fact.id().name());
            case "statistics definition" ->
                verbatim(
                        List.of("DROP STATISTICS IF EXISTS " + fact.id().qualifiedName()),
                        "SELECT pg_get_statisticsobjdef(s.oid) FROM pg_statistic_ext s JOIN pg_namespace n ON n.oid = s.stxnamespace"
                                + " WHERE n.nspname = ? AND s.stxname = ?",
                        fact.id().path().get(0),
                        fact.id().name());
            case "function definition", "procedure definition" ->
                verbatim(
                        List.of(),
                        "SELECT pg_get_functiondef(to_regprocedure(?))",
                        fact.id().qualifiedName());
            default -> null;
        };
    }

    private static boolean mayBeAnExpression(SchemaFact constraint) {
        return switch (Objects.requireNonNullElse(constraint.attribute("type"), "")) {
            case "check", "exclusion" -> true;
            default -> false;
        };
    }

    private static TextLoading temporary(
            @Nullable String making, String prefix, String suffix, String reading, String... named) {
        return new TextLoading(
                null, List.of(), making == null ? List.of() : List.of(making), prefix, suffix, reading, List.of(named));
    }

    private static TextLoading verbatim(List<String> before, String reading, String... named) {
        return new TextLoading(null, List.of(), before, "", "", reading, List.of(named));
    }

    private static TextLoading inPlace(
            FactId relation, NavigableMap<FactId, SchemaFact> all, String before, String reading, String... named) {
        String making = relation.kind() == FactKind.VIEW
                ? "CREATE VIEW " + relation.qualifiedName() + " AS SELECT "
                        + columns(relation, all).stream()
                                .map(column -> "NULL::" + column.attribute("type") + " AS "
                                        + FactId.quoted(column.id().name()))
                                .collect(Collectors.joining(", "))
                : "CREATE TABLE " + relation.qualifiedName() + definition(relation, all);
        return new TextLoading(
                relation.qualifiedName(),
                List.of(
                        "CREATE SCHEMA IF NOT EXISTS "
                                + FactId.quoted(relation.path().get(0)),
                        making),
                List.of(before),
                "",
                "",
                reading,
                List.of(named));
    }

    private static String table(FactId table, NavigableMap<FactId, SchemaFact> all) {
        return "CREATE TEMPORARY TABLE " + FactId.quoted(table.name()) + definition(table, all);
    }

    private static String domain(FactId domain, NavigableMap<FactId, SchemaFact> all) {
        SchemaFact fact = Objects.requireNonNull(all.get(domain));
        return "CREATE DOMAIN pg_temp." + FactId.quoted(domain.name()) + " AS " + type(fact);
    }

    private static String definition(FactId table, NavigableMap<FactId, SchemaFact> all) {
        return columns(table, all).stream()
                .map(column -> FactId.quoted(column.id().name()) + " " + type(column))
                .collect(Collectors.joining(", ", " (", ")"));
    }

    private static String type(SchemaFact column) {
        String collation = column.attribute("collation");
        return column.attribute("type") + (collation == null ? "" : " COLLATE " + collation);
    }

    private static List<SchemaFact> columns(FactId relation, NavigableMap<FactId, SchemaFact> all) {
        return all.tailMap(new FactId(FactKind.COLUMN, relation.path())).values().stream()
                .takeWhile(fact -> fact.id().kind() == FactKind.COLUMN
                        && fact.id().path().subList(0, relation.path().size()).equals(relation.path()))
                .sorted(Comparator.comparingInt(SchemaFact::position))
                .toList();
    }

    /** All that has to be sent, in order. */
    List<String> statements(String text) {
        List<String> statements = new ArrayList<>(before);
        statements.add(prefix + text + suffix);
        return statements;
    }

    /** What its outcome depends on. */
    String key(String text) {
        return String.join(";", statements(text)) + makingThePlace + reading + named;
    }
}
