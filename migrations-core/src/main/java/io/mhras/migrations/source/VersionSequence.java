package io.mhras.migrations.source;

import io.mhras.migrations.MigrationVersion;
import java.math.BigInteger;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The versions that follow the newest one, of its kind and width: {@code 003} after {@code 002}, {@code 1_3} after
 * {@code 1_2}, the time after a time.
 *
 * @param newest the highest one there is; null if there is none
 * @param clock for versions that are times
 */
record VersionSequence(@Nullable MigrationVersion newest, Clock clock) {

    private static final String FIRST = "001";
    private static final Pattern LAST_NUMBER = Pattern.compile("\\d+$");

    /** The next one. */
    MigrationVersion next() {
        if (newest == null) {
            return MigrationVersion.of(FIRST);
        }
        TimeVersion time = TimeVersion.parse(newest.toString());
        return time == null ? countedOn(newest.toString()) : time.next(LocalDateTime.now(clock));
    }

    /** The next one, as a date and a time. */
    MigrationVersion nextTime() {
        TimeVersion like = newest == null ? null : TimeVersion.parse(newest.toString());
        return like == null ? TimeVersion.of(LocalDateTime.now(clock)) : like.next(LocalDateTime.now(clock));
    }

    /** As wide as the others are: {@code 004} for {@code 4}. */
    MigrationVersion of(String text) {
        String like = newest == null ? "" : newest.toString();
        boolean counts = (like + text).matches("\\d+") && TimeVersion.parse(like) == null;
        return MigrationVersion.of(counts ? padded(text, like.length()) : text);
    }

    private static MigrationVersion countedOn(String text) {
        return MigrationVersion.of(LAST_NUMBER
                .matcher(text)
                .replaceFirst(number -> padded(
                        new BigInteger(number.group()).add(BigInteger.ONE).toString(),
                        number.group().length())));
    }

    private static String padded(String number, int width) {
        return "0".repeat(Math.max(0, width - number.length())) + number;
    }
}
