package io.mhras.sample.risk;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a risk score means, and whether and by when a person has to look at it. */
enum RiskLevel {
    LOW("0", 5, null),
    MODERATE("0.3", 4, null),
    HIGH("0.6", 2, Duration.ofHours(24)),
    CRITICAL("0.85", 1, Duration.ofHours(4));

    private final BigDecimal from;
    private final int priority;
    private final @Nullable Duration reviewWithin;

    RiskLevel(String from, int priority, @Nullable Duration reviewWithin) {
        this.from = new BigDecimal(from);
        this.priority = priority;
        this.reviewWithin = reviewWithin;
    }

    static RiskLevel of(BigDecimal score) {
        RiskLevel found = LOW;
        for (RiskLevel level : values()) {
            if (score.compareTo(level.from) >= 0) {
                found = level;
            }
        }
        return found;
    }

    /** In the queue for review: 1 is the most urgent, 5 the least. */
    int priority() {
        return priority;
    }

    /** How soon a person has to look at it; empty if nobody has to. */
    Optional<Duration> reviewWithin() {
        return Optional.ofNullable(reviewWithin);
    }

    /** As the database has it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
