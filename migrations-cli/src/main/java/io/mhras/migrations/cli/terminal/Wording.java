package io.mhras.migrations.cli.terminal;

import io.mhras.migrations.MigrationVersion;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How values are written for people. */
public final class Wording {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

    private Wording() {}

    /** {@code rolled back}. */
    public static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** In the reader's time zone; empty for none. */
    public static String time(@Nullable Instant instant) {
        return instant == null ? "" : TIME.format(instant);
    }

    /** {@code 11 ms}. */
    public static String milliseconds(Duration duration) {
        return duration.toMillis() + " ms";
    }

    /** {@code 12.3 MB}. */
    public static String size(long bytes) {
        String[] units = {"B", "kB", "MB", "GB", "TB", "PB"};
        double amount = bytes;
        int unit = 0;
        while (amount >= 1000 && unit < units.length - 1) {
            amount /= 1024;
            unit++;
        }
        return unit == 0 || amount >= 100
                ? Math.round(amount) + " " + units[unit]
                : String.format(Locale.ROOT, "%.1f %s", amount, units[unit]);
    }

    /** The beginning of a checksum, which is enough to tell two of them apart. */
    public static String brief(String checksum) {
        return checksum.substring(0, Math.min(12, checksum.length()));
    }

    /** {@code 001, 002}. */
    public static String list(List<MigrationVersion> versions) {
        return versions.stream().map(MigrationVersion::toString).collect(Collectors.joining(", "));
    }

    /** The server's message in an error, if there is one; else the error's first line. */
    public static String summary(String error) {
        List<String> lines = error.lines().map(String::strip).toList();
        return lines.stream()
                .filter(line -> line.startsWith("ERROR: "))
                .findFirst()
                .orElse(lines.isEmpty() ? "" : lines.get(0));
    }
}
