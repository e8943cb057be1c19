package io.mhras.migrations.schema;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which object of a schema a fact is about, on any server.
 *
 * @param kind what it is
 * @param path its names from the outermost inwards: schema, table, column; a routine's argument types come last, one
 *     text for all
 */
public record FactId(FactKind kind, List<String> path) implements Comparable<FactId> {

    private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");

    /** Those that PostgreSQL 18 does not take for any name. */
    private static final Set<String> KEYWORDS = Set.of("""
            all analyse analyze and any array as asc asymmetric authorization between bigint binary bit boolean both case cast
            char character check coalesce collate collation column concurrently constraint create cross current_catalog
            current_date current_role current_schema current_time current_timestamp current_user dec decimal default
            deferrable desc distinct do else end except exists extract false fetch float for foreign freeze from full grant
            greatest group grouping having ilike in initially inner inout int integer intersect interval into is isnull join
            json json_array json_arrayagg json_exists json_object json_objectagg json_query json_scalar json_serialize
            json_table json_value lateral leading least left like limit localtime localtimestamp merge_action national natural
            nchar none normalize not notnull null nullif numeric offset on only or order out outer overlaps overlay placing
            position precision primary real references returning right row select session_user setof similar smallint some
            substring symmetric system_user table tablesample then time timestamp to trailing treat trim true union unique
            user using values varchar variadic verbose when where window with xmlattributes xmlconcat xmlelement xmlexists
            xmlforest xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable
            """.strip().split("\\s+"));

    private static final Comparator<FactId> ORDER =
            Comparator.comparing(FactId::kind).thenComparing(FactId::path, FactId::compare);

    public FactId {
        path = List.copyOf(path);
    }

    /** Its own name, without those of what it stands in; a routine's without its arguments. */
    public String name() {
        return path.get(path.size() - (isRoutine() ? 2 : 1));
    }

    /**
     * The id of something that is said about an object, as a comment.
     *
     * @param more what tells apart several of its kind; null if there can be but one
     */
    public static FactId about(FactKind kind, FactId object, @Nullable String more) {
        List<String> path = new ArrayList<>();
        path.add(object.kind.toString());
        path.addAll(object.path);
        if (more != null) {
            path.add(more);
        }
        return new FactId(kind, path);
    }

    /** All its names as SQL has them, quoted where needed: {@code public.patients.consent}. */
    public String qualifiedName() {
        int names = isRoutine() ? path.size() - 1 : path.size();
        String qualified = String.join(
                ".", path.subList(0, names).stream().map(FactId::quoted).toList());
        return isRoutine() ? qualified + "(" + path.get(names) + ")" : qualified;
    }

    /** A name as SQL has it, quoted unless it is plain: what the server's quote_ident says. */
    public static String quoted(String name) {
        return PLAIN.matcher(name).matches() && !KEYWORDS.contains(name)
                ? name
                : '"' + name.replace("\"", "\"\"") + '"';
    }

    private boolean isRoutine() {
        return switch (kind) {
            case FUNCTION, PROCEDURE, AGGREGATE -> true;
            default -> false;
        };
    }

    private static int compare(List<String> one, List<String> other) {
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
            int order = one.get(i).compareTo(other.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(one.size(), other.size());
    }

    @Override
    public int compareTo(FactId other) {
        return ORDER.compare(this, other);
    }

    /** {@code table public.patients}. */
    @Override
    public String toString() {
        return switch (kind) {
            case COMMENT, OWNER -> kind + " of " + String.join(".", path.subList(1, path.size()));
            case GRANT ->
                kind + " to " + path.get(path.size() - 1) + " on "
                        + new FactId(FactKind.of(path.get(0)), path.subList(1, path.size() - 1));
            default -> kind + " " + qualifiedName();
        };
    }
}
