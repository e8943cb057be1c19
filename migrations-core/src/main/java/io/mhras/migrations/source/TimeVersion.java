package io.mhras.migrations.source;

import io.mhras.migrations.MigrationVersion;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A version that is a date, with a time or without: {@code 20251030_1530}.
 *
 * @param time what it says
 * @param unit its precision
 * @param gap what separates the date and the time
 */
record TimeVersion(LocalDateTime time, ChronoUnit unit, String gap) {

    private static final Pattern SHAPE = Pattern.compile("((?:19|20)\\d{6})(_?)(\\d{4}|\\d{6}|)");
    private static final DateTimeFormatter DIGITS = DateTimeFormatter.ofPattern("uuuuMMddHHmmss");
    private static final int DATE = 8;

    /** Null if the version counts something else. */
    static @Nullable TimeVersion parse(String version) {
        Matcher shape = SHAPE.matcher(version);
        if (!shape.matches()) {
            return null;
        }
        String digits = shape.group(1) + (shape.group(3) + "000000").substring(0, 6);
        ChronoUnit unit = switch (shape.group(3).length()) {
            case 0 -> ChronoUnit.DAYS;
            case 4 -> ChronoUnit.MINUTES;
            default -> ChronoUnit.SECONDS;
        };
        try {
            return new TimeVersion(LocalDateTime.parse(digits, DIGITS), unit, shape.group(2));
        } catch (DateTimeException e) {
            return null;
        }
    }

    static MigrationVersion of(LocalDateTime time) {
        return MigrationVersion.of(time.format(DIGITS));
    }

    /** Now; but later than this one, of which there may be several in a minute. */
    MigrationVersion next(LocalDateTime now) {
        LocalDateTime soonest = time.plus(1, unit);
        String digits = (now.isAfter(soonest) ? now : soonest).format(DIGITS);
        int end = switch (unit) {
            case DAYS -> DATE;
            case MINUTES -> DATE + 4;
            default -> DATE + 6;
        };
        return MigrationVersion.of(digits.substring(0, DATE) + gap + digits.substring(DATE, end));
    }
}
