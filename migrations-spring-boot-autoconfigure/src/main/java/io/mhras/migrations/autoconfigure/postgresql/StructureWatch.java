package io.mhras.migrations.autoconfigure.postgresql;

import java.util.Locale;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.autoconfigure.MigrationsProperties.Drift;
import io.mhras.migrations.postgresql.PostgresDriver;
import io.mhras.migrations.schema.StructureFingerprint;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/** Lets drivers watch the structure of their databases, where the service wants to know of drift. */
final class StructureWatch {

    private static final String READER = "io.mhras.migrations.schema.StructureFingerprint";

    private StructureWatch() {}

    /** @throws MigrationException.Refused if what reads the structure is not on the class path */
    static PostgresDriver on(PostgresDriver driver, Drift drift, @Nullable ClassLoader classLoader) {
        if (drift == Drift.NONE) {
            return driver;
        }
        if (!ClassUtils.isPresent(READER, classLoader)) {
            throw new MigrationException.Refused(
                    "mhras.migrations.drift is " + drift.toString().toLowerCase(Locale.ROOT)
                            + ", and what reads the structure of a database is not on the class path.",
                    "Add the dependency io.mhras:migrations-schema to the application, or take the setting out.");
        }
        return driver.watchedBy(new StructureFingerprint());
    }
}
