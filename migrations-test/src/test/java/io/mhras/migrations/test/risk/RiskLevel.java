package io.mhras.migrations.test.risk;

import jakarta.persistence.EnumeratedValue;
import java.util.Locale;

enum RiskLevel {
    LOW,
    MODERATE,
    HIGH,
    CRITICAL;

    @EnumeratedValue
    final String value = name().toLowerCase(Locale.ROOT);
}
