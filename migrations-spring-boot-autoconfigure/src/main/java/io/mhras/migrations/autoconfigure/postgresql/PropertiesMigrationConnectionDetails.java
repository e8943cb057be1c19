package io.mhras.migrations.autoconfigure.postgresql;

import io.mhras.migrations.autoconfigure.MigrationConnectionDetails;
import io.mhras.migrations.autoconfigure.MigrationsProperties.Postgresql;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/** Takes the details from {@code mhras.migrations.postgresql}. */
final class PropertiesMigrationConnectionDetails implements MigrationConnectionDetails {

    private final Postgresql properties;

    PropertiesMigrationConnectionDetails(Postgresql properties) {
        this.properties = properties;
    }

    @Override
    public @Nullable String getJdbcUrl() {
        return textOrNull(properties.url());
    }

    @Override
    public @Nullable String getUsername() {
        return textOrNull(properties.username());
    }

    @Override
    public @Nullable String getPassword() {
        return properties.password();
    }

    /** A deployment template leaves a setting empty when it means none. */
    private static @Nullable String textOrNull(@Nullable String text) {
        return StringUtils.hasText(text) ? text : null;
    }
}
