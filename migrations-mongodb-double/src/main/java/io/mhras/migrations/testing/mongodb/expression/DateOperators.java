package io.mhras.migrations.testing.mongodb.expression;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import io.mhras.migrations.testing.mongodb.bson.BsonTypeName;
import io.mhras.migrations.testing.mongodb.expression.Expressions.Operator;
import io.mhras.migrations.testing.mongodb.protocol.Commands;
import io.mhras.migrations.testing.mongodb.protocol.Errors;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Operators on dates. */
final class DateOperators {

    private static final LocalDateTime REFERENCE = LocalDate.of(2000, 1, 1).atStartOfDay();

    private DateOperators() {}

    static void addTo(Map<String, Operator> operators) {
        operators.put("$dateAdd", DateOperators::add);
        operators.put("$dateSubtract", DateOperators::add);
        operators.put("$dateDiff", DateOperators::difference);
        operators.put("$dateTrunc", DateOperators::truncate);
        operators.put("$dateFromString", DateOperators::parse);
        for (String part : List.of("$isoWeek", "$isoWeekYear", "$isoDayOfWeek", "$millisecond")) {
            operators.put(part, DateOperators::part);
        }
    }

    private static @Nullable Object add(String name, @Nullable Object argument) {
        Object start = Expressions.required(name, argument, "startDate", 5166400);
        Object amount = Expressions.required(name, argument, "amount", 5166400);
        Object unit = Expressions.required(name, argument, "unit", 5166400);
        if (start instanceof Missing
                && !Commands.object(argument).containsKey("startDate")
                && amount instanceof Missing) {
            throw Errors.location(5166402, name + " requires startDate, unit, and amount to be present");
        }
        if (Missing.isNullOrMissing(start) || Missing.isNullOrMissing(amount) || Missing.isNullOrMissing(unit)) {
            return null;
        }
        ZonedDateTime from = date(name, start, Commands.object(argument), 5166403);
        if (!(amount instanceof Number number) || number.doubleValue() != number.longValue()) {
            throw Errors.location(5166405, name + " expects integer amount of time units");
        }
        long steps = name.equals("$dateAdd") ? number.longValue() : -number.longValue();
        Unit in = unit(name, unit);
        return from.plus(steps * in.factor(), in.of()).toInstant();
    }

    /** The boundaries between two dates, not the whole units. */
    private static @Nullable Object difference(String name, @Nullable Object argument) {
        Object start = Expressions.required(name, argument, "startDate", 5166301);
        Object end = Expressions.required(name, argument, "endDate", 5166301);
        Object unit = Expressions.required(name, argument, "unit", 5166301);
        if (Missing.isNullOrMissing(start) || Missing.isNullOrMissing(end) || Missing.isNullOrMissing(unit)) {
            return null;
        }
        Document named = Commands.object(argument);
        LocalDateTime from = floor(date(name, start, named, 5166307).toLocalDateTime(), unit(name, unit), 1, named);
        LocalDateTime to = floor(date(name, end, named, 5166307).toLocalDateTime(), unit(name, unit), 1, named);
        Unit in = unit(name, unit);
        return in.of().between(from, to) / in.factor();
    }

    private static @Nullable Object truncate(String name, @Nullable Object argument) {
        Object start = Expressions.required(name, argument, "date", 5439007);
        Object unit = Expressions.required(name, argument, "unit", 5439007);
        Document named = Commands.object(argument);
        if (!named.containsKey("unit")) {
            throw Errors.location(5439010, "Missing 'unit' parameter to $dateTrunc");
        }
        Object size = named.getOrDefault("binSize", 1);
        if (Missing.isNullOrMissing(start) || Missing.isNullOrMissing(unit) || size == null) {
            return null;
        }
        if (!(size instanceof Number bin) || bin.longValue() < 1) {
            throw Errors.location(5439018, "$dateTrunc requires 'binSize' to be greater than 0, but got value " + size);
        }
        ZonedDateTime date = date(name, start, named, 5439012);
        return floor(date.toLocalDateTime(), unit(name, unit), bin.longValue(), named)
                .atZone(date.getZone())
                .toInstant();
    }

    private static LocalDateTime floor(LocalDateTime date, Unit unit, long bin, Document named) {
        LocalDateTime reference = REFERENCE;
        if (unit.of() == ChronoUnit.WEEKS) {
            String day = named.get("startOfWeek") instanceof String text ? text : "sunday";
            reference = reference.with(TemporalAdjusters.nextOrSame(dayOfWeek(day)));
        }
        long step = bin * unit.factor();
        long units = unit.of().between(reference, date);
        if (reference.plus(units, unit.of()).isAfter(date)) {
            units--;
        }
        return reference.plus(Math.floorDiv(units, step) * step, unit.of());
    }

    private static DayOfWeek dayOfWeek(String name) {
        return java.util.Arrays.stream(DayOfWeek.values())
                .filter(day -> day.name().startsWith(name.toUpperCase(Locale.ROOT)) && name.length() >= 3)
                .findFirst()
                .orElseThrow(() -> Errors.location(5439015, "unknown day of week value: " + name));
    }

    private record Unit(ChronoUnit of, int factor) {}

    private static Unit unit(String name, @Nullable Object unit) {
        return switch (String.valueOf(unit)) {
            case "year" -> new Unit(ChronoUnit.YEARS, 1);
            case "quarter" -> new Unit(ChronoUnit.MONTHS, 3);
            case "month" -> new Unit(ChronoUnit.MONTHS, 1);
            case "week" -> new Unit(ChronoUnit.WEEKS, 1);
            case "day" -> new Unit(ChronoUnit.DAYS, 1);
            case "hour" -> new Unit(ChronoUnit.HOURS, 1);
            case "minute" -> new Unit(ChronoUnit.MINUTES, 1);
            case "second" -> new Unit(ChronoUnit.SECONDS, 1);
            case "millisecond" -> new Unit(ChronoUnit.MILLIS, 1);
            default ->
                throw Errors.failedToParse(
                        name + " parameter 'unit' value cannot be recognized as a time unit: " + unit);
        };
    }

    private static ZonedDateTime date(String name, @Nullable Object value, Document named, int code) {
        ZoneId zone = zone(named.get("timezone"));
        if (value instanceof Instant instant) {
            return instant.atZone(zone);
        }
        if (value instanceof ObjectId id) {
            long seconds = Long.parseLong(id.getHexData().substring(0, 8), 16);
            return Instant.ofEpochSecond(seconds).atZone(zone);
        }
        throw Errors.location(code, name + " requires a date, found: " + BsonTypeName.of(value));
    }

    private static ZoneId zone(@Nullable Object timezone) {
        try {
            return timezone instanceof String name ? ZoneId.of(name) : ZoneOffset.UTC;
        } catch (DateTimeException e) {
            throw Errors.location(40485, "unrecognized time zone identifier: \"" + timezone + "\"");
        }
    }

    private static @Nullable Object parse(String name, @Nullable Object argument) {
        Object text = Expressions.required(name, argument, "dateString", 40540);
        Document named = Commands.object(argument);
        if (Missing.isNullOrMissing(text)) {
            return named.get("onNull");
        }
        if (named.containsKey("format")) {
            throw Errors.notSupported("$dateFromString with a format");
        }
        try {
            return parse(String.valueOf(text), zone(named.get("timezone")));
        } catch (DateTimeException e) {
            if (named.containsKey("onError")) {
                return named.get("onError");
            }
            throw new de.bwaldvogel.mongo.exception.MongoServerError(
                    241, "ConversionFailure", "Error parsing date string '" + text + "'");
        }
    }

    private static Instant parse(String text, ZoneId zone) {
        String iso = text.strip().replace(' ', 'T');
        if (iso.length() == 10) {
            return LocalDate.parse(iso).atStartOfDay(zone).toInstant();
        }
        return iso.matches(".*(Z|[+-]\\d\\d:?\\d\\d)$")
                ? OffsetDateTime.parse(iso.replaceAll("([+-]\\d\\d)(\\d\\d)$", "$1:$2"))
                        .toInstant()
                : LocalDateTime.parse(iso).atZone(zone).toInstant();
    }

    private static @Nullable Object part(String name, @Nullable Object argument) {
        Object only = NumberOperators.only(argument);
        Document named = only instanceof Document given ? given : new Document("date", only);
        Object value = named.getOrMissing("date");
        if (Missing.isNullOrMissing(value)) {
            return null;
        }
        ZonedDateTime date = date(name, value, named, 16006);
        return switch (name) {
            case "$isoWeek" -> date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
            case "$isoWeekYear" -> (long) date.get(IsoFields.WEEK_BASED_YEAR);
            case "$isoDayOfWeek" -> date.getDayOfWeek().getValue();
            default -> date.getNano() / 1_000_000;
        };
    }
}
