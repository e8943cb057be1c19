package io.mhras.migrations.schema.diff;

import io.mhras.migrations.schema.FactId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What changing a column's type does, as it was measured on PostgreSQL 15 and 18; what is not known counts as the worst. */
final class TypeCast {

    private static final Pattern TYPE =
            Pattern.compile("([a-z ]+?)(?:\\((\\d+)(?:,(\\d+))?\\))?( with(?:out)? time zone)?");

    private static final Set<String> TEXTS = Set.of("text", "character varying", "character", "name", "citext");

    /** To which of them each is cast when it is assigned. */
    private static final Map<String, Set<String>> ASSIGNMENTS = Map.ofEntries(
            Map.entry("smallint", Set.of("integer", "bigint", "numeric", "real", "double precision")),
            Map.entry("integer", Set.of("smallint", "bigint", "numeric", "real", "double precision")),
            Map.entry("bigint", Set.of("smallint", "integer", "numeric", "real", "double precision")),
            Map.entry("numeric", Set.of("smallint", "integer", "bigint", "real", "double precision")),
            Map.entry("real", Set.of("smallint", "integer", "bigint", "numeric", "double precision")),
            Map.entry("double precision", Set.of("smallint", "integer", "bigint", "numeric", "real")),
            Map.entry("date", Set.of("timestamp without time zone", "timestamp with time zone")),
            Map.entry(
                    "timestamp without time zone",
                    Set.of("date", "time without time zone", "timestamp with time zone")),
            Map.entry(
                    "timestamp with time zone",
                    Set.of("date", "time without time zone", "time with time zone", "timestamp without time zone")),
            Map.entry("time without time zone", Set.of("interval", "time with time zone")),
            Map.entry("time with time zone", Set.of("time without time zone")),
            Map.entry("interval", Set.of("time without time zone")),
            Map.entry("json", Set.of("jsonb")),
            Map.entry("jsonb", Set.of("json")),
            Map.entry("cidr", Set.of("inet")),
            Map.entry("inet", Set.of("cidr")),
            Map.entry("bit", Set.of("bit varying")),
            Map.entry("bit varying", Set.of("bit")));

    /** From the narrow to the wide. */
    private static final List<String> WHOLE_NUMBERS = List.of("smallint", "integer", "bigint");

    private TypeCast() {}

    /** A type by its name, and by its numbers. */
    private record Type(
            String base, @Nullable Integer first, @Nullable Integer second, boolean isArray) {}

    private static Type of(String text) {
        boolean isArray = text.endsWith("[]");
        String element = isArray ? text.substring(0, text.length() - 2) : text;
        Matcher matcher = TYPE.matcher(element);
        if (!matcher.matches()) {
            return new Type(element, null, null, isArray);
        }
        String zone = matcher.group(4) == null ? "" : matcher.group(4);
        return new Type(matcher.group(1) + zone, number(matcher.group(2)), number(matcher.group(3)), isArray);
    }

    private static @Nullable Integer number(@Nullable String digits) {
        return digits == null ? null : Integer.valueOf(digits);
    }

    /** Whether it is a type of texts. */
    static boolean isText(String type) {
        return TEXTS.contains(of(type).base()) && !type.endsWith("[]");
    }

    /** Whether the server casts the values by itself. */
    static boolean isAssignable(String before, String after) {
        Type from = of(before);
        Type to = of(after);
        if (from.isArray() != to.isArray()) {
            return !from.isArray() ? false : isText(after);
        }
        return from.base().equals(to.base())
                || TEXTS.contains(to.base()) && !to.isArray()
                || TEXTS.contains(from.base()) && TEXTS.contains(to.base())
                || ASSIGNMENTS.getOrDefault(from.base(), Set.of()).contains(to.base());
    }

    /** Whether the table is written anew. */
    static boolean rewrites(String before, String after) {
        Type from = of(before);
        Type to = of(after);
        if (from.isArray() || to.isArray()) {
            return !before.equals(after);
        }
        if (to.base().equals("text") || to.base().equals("character varying")) {
            boolean isVariable = from.base().equals("text") || from.base().equals("character varying");
            return !isVariable || !isWider(from.first(), to.first());
        }
        if (!from.base().equals(to.base())) {
            return !(from.base().equals("cidr") && to.base().equals("inet"));
        }
        return switch (to.base()) {
            case "numeric" ->
                to.first() != null && !(from.first() != null && to.first() >= from.first() && scale(from) == scale(to));
            case "bit varying",
                    "timestamp without time zone",
                    "timestamp with time zone",
                    "time without time zone",
                    "time with time zone",
                    "interval" -> !isWider(from.first(), to.first());
            default -> !before.equals(after);
        };
    }

    private static int scale(Type type) {
        return type.second() == null ? 0 : type.second();
    }

    private static boolean isWider(@Nullable Integer before, @Nullable Integer after) {
        return after == null || before != null && after >= before;
    }

    /** Whether values that are there can forbid it. */
    static boolean mayFail(String before, String after) {
        Type from = of(before);
        Type to = of(after);
        if (WHOLE_NUMBERS.contains(from.base()) && WHOLE_NUMBERS.contains(to.base())) {
            return WHOLE_NUMBERS.indexOf(to.base()) < WHOLE_NUMBERS.indexOf(from.base());
        }
        if (TEXTS.contains(from.base()) && TEXTS.contains(to.base())) {
            return !isWider(from.first(), to.first());
        }
        return rewrites(before, after)
                && !TEXTS.contains(to.base())
                && !to.base().equals("double precision");
    }

    /** The query that tells how many values are in the way, or which there are. */
    static String failingRows(FactId table, String column, String before, String after) {
        Type to = of(after);
        if (TEXTS.contains(to.base()) && to.first() != null) {
            return "SELECT count(*) FROM " + table.qualifiedName() + " WHERE length(" + column + "::text) > "
                    + to.first();
        }
        String range = switch (to.base()) {
            case "smallint" -> "-32768 AND 32767";
            case "integer" -> "-2147483648 AND 2147483647";
            case "bigint" -> "-9223372036854775808 AND 9223372036854775807";
            default -> "";
        };
        if (!range.isEmpty() && !isText(before)) {
            return "SELECT count(*) FROM " + table.qualifiedName() + " WHERE " + column + " NOT BETWEEN " + range;
        }
        return "SELECT DISTINCT " + column + " FROM " + table.qualifiedName();
    }
}
