package io.mhras.migrations.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/** How the migrations reach PostgreSQL, where it is not as the service itself does. */
public interface MigrationConnectionDetails extends ConnectionDetails {

    /** The JDBC URL; null for that of the service. */
    @Nullable String getJdbcUrl();

    /** The user; null for that of the service. */
    @Nullable String getUsername();

    /** The user's password; null for none. */
    @Nullable String getPassword();
}
