package io.mhras.migrations.schema.scratch;

import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The name of a scratch database: when it was made, in UTC, and something that no other has. */
final class ScratchName {

    private static final String PREFIX = "mhras_scratch_";
    private static final Pattern SHAPE = Pattern.compile(PREFIX + "(\\d{8}_\\d{6})_[0-9a-f]{8}");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss");
    private static final SecureRandom RANDOM = new SecureRandom();

    private ScratchName() {}

    /** One for a database that is made now, by the server's clock. */
    static String next(Instant now) {
        return PREFIX + TIME.format(LocalDateTime.ofInstant(now, ZoneOffset.UTC)) + "_%08x".formatted(RANDOM.nextInt());
    }

    /** When the database of this name was made; empty if it is no scratch database's. */
    static Optional<Instant> madeAt(String name) {
        Matcher shape = SHAPE.matcher(name);
        if (!shape.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDateTime.parse(shape.group(1), TIME).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
