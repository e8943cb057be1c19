package io.mhras.migrations.test.risk;

import jakarta.persistence.EnumeratedValue;
import java.util.Locale;

enum ConsentStatus {
    GRANTED,
    DENIED,
    WITHDRAWN,
    EXPIRED;

    @EnumeratedValue
    final String value = name().toLowerCase(Locale.ROOT);
}
