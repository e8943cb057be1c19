package io.mhras.migrations.schema.jpa;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a column's type may be where an entity says another: what Hibernate accepts, but for what is too narrow. */
final class TypeTolerance {

    private static final Pattern TYPE =
            Pattern.compile("([a-z ]+?)(?:\\((\\d+)(?:,(\\d+))?\\))?( with(?:out)? time zone)?");

    private static final List<String> INTEGERS = List.of("smallint", "integer", "bigint");
    private static final Set<String> TEXTS = Set.of("text", "character varying");
    private static final Set<String> JSON = Set.of("json", "jsonb");

    /** What Hibernate says if nobody has said anything; the second of the column that names a class of a hierarchy. */
    private static final Set<String> USUAL_LENGTHS = Set.of("255", "31");

    private static final String USUAL_FRACTION = "6";
    private static final String USUAL_NUMERIC = "numeric(38,2)";
    private static final String DURATION = "numeric(21,0)";

    private TypeTolerance() {}

    private record Type(
            String name, @Nullable String size, @Nullable String scale, String zone) {

        static @Nullable Type of(String text) {
            Matcher matcher = TYPE.matcher(text);
            return matcher.matches()
                    ? new Type(
                            String.valueOf(matcher.group(1)),
                            matcher.group(2),
                            matcher.group(3),
                            matcher.group(4) == null ? "" : matcher.group(4))
                    : null;
        }
    }

    /**
     * Compares two types as the server names them.
     *
     * @param there of the column, the base type of a domain
     * @param wanted of the entity
     */
    static TypeVerdict of(String there, String wanted) {
        if (there.equals(wanted)) {
            return TypeVerdict.FINE;
        }
        if (there.endsWith("[]") && wanted.endsWith("[]")) {
            return of(element(there), element(wanted));
        }
        if (wanted.equals("oid")) {
            return largeObject(there);
        }
        if (there.equals("interval") && wanted.equals(DURATION)) {
            return TypeVerdict.undecided("the column is an interval, and the entity keeps nanoseconds as " + DURATION
                    + ". Annotate the attribute with @JdbcTypeCode(SqlTypes.INTERVAL_SECOND).");
        }
        if (there.endsWith("citext") && !wanted.endsWith("citext")) {
            return TypeVerdict.undecided("the column is citext, which an entity cannot tell by itself."
                    + " Write @Column(columnDefinition = \"citext\").");
        }
        Type has = Type.of(there);
        Type asks = Type.of(wanted);
        return has != null && asks != null && isFine(has, asks, wanted) ? TypeVerdict.FINE : TypeVerdict.OTHER;
    }

    private static String element(String array) {
        return array.substring(0, array.length() - 2);
    }

    private static TypeVerdict largeObject(String there) {
        return switch (there) {
            case "text", "character varying" ->
                TypeVerdict.undecided("the column is " + there + ", and @Lob on a String asks for a large object (oid)."
                        + " Leave @Lob out, or annotate with @JdbcTypeCode(SqlTypes.LONG32VARCHAR).");
            case "bytea" ->
                TypeVerdict.undecided("the column is bytea, and @Lob on a byte[] asks for a large object (oid)."
                        + " Leave @Lob out, or annotate with @JdbcTypeCode(SqlTypes.LONG32VARBINARY).");
            default -> TypeVerdict.OTHER;
        };
    }

    private static boolean isFine(Type has, Type asks, String wanted) {
        if (asks.name.equals("character varying")) {
            return TEXTS.contains(has.name) && asks.size != null && USUAL_LENGTHS.contains(asks.size);
        }
        if (INTEGERS.contains(asks.name)) {
            return INTEGERS.indexOf(has.name) >= INTEGERS.indexOf(asks.name);
        }
        return switch (asks.name) {
            case "real" -> has.name.equals("double precision");
            case "json", "jsonb" -> JSON.contains(has.name);
            case "numeric" ->
                has.name.equals("numeric") && (wanted.equals(USUAL_NUMERIC) || has.size == null || isWider(has, asks));
            case "timestamp", "time" ->
                has.name.equals(asks.name)
                        && has.zone.equals(asks.zone)
                        && (has.size == null || has.size.equals(USUAL_FRACTION) || USUAL_FRACTION.equals(asks.size));
            default -> false;
        };
    }

    private static boolean isWider(Type has, Type asks) {
        return has.size != null
                && asks.size != null
                && Integer.parseInt(has.size) >= Integer.parseInt(asks.size)
                && String.valueOf(has.scale).equals(String.valueOf(asks.scale));
    }
}
