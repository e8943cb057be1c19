package io.mhras.migrations.autoconfigure;

import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.source.MigrationLoader;
import org.springframework.beans.factory.InitializingBean;

/** Fails the start if there are {@code .sql} migrations that nothing would ever apply. */
final class MissingDatabaseCheck implements InitializingBean {

    private final MigrationsProperties properties;
    private final MigrationLoader loader;
    private final Migrators migrators;

    MissingDatabaseCheck(MigrationsProperties properties, MigrationLoader loader, Migrators migrators) {
        this.properties = properties;
        this.loader = loader;
        this.migrators = migrators;
    }

    @Override
    public void afterPropertiesSet() {
        if (properties.mode() != MigrationMode.NONE && loader.hasFiles() && !migrators.has(DatabaseKind.POSTGRESQL)) {
            throw new MigrationException.Refused(
                    "There are SQL migrations in " + String.join(", ", properties.locations())
                            + ", and no PostgreSQL database to apply them to: no DataSource bean, and no"
                            + " mhras.migrations.postgresql.url.",
                    "Add io.mhras:migrations-spring-boot-starter, which brings"
                            + " org.springframework.boot:spring-boot-starter-jdbc and org.postgresql:postgresql, and set"
                            + " spring.datasource.url. A service that uses R2DBC sets"
                            + " mhras.migrations.postgresql.url instead. If the migrations are not to run at all, set"
                            + " mhras.migrations.enabled=false.");
        }
    }
}
