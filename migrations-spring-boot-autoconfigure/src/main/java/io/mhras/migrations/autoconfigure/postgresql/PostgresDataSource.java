package io.mhras.migrations.autoconfigure.postgresql;

import io.mhras.migrations.MigrationException;
import io.mhras.migrations.autoconfigure.MigrationConnectionDetails;
import io.mhras.migrations.autoconfigure.MigrationDataSource;
import io.mhras.migrations.postgresql.UrlParameters;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

/**
 * Chooses where the migrations get their connections: the marked bean, else a URL of their own, else a user of their own
 * on the service's database, else the service's {@code DataSource}.
 *
 * @param marked the {@link MigrationDataSource} bean
 * @param all every {@code DataSource} bean
 * @param own how the migrations reach the database, if differently from the service
 * @param service how the service reaches the database, where that is known apart from a {@code DataSource}
 */
record PostgresDataSource(
        ObjectProvider<DataSource> marked,
        ObjectProvider<DataSource> all,
        MigrationConnectionDetails own,
        @Nullable JdbcConnectionDetails service) {

    /** The same for a database that is reached in another way. */
    PostgresDataSource with(MigrationConnectionDetails details) {
        return new PostgresDataSource(marked, all, details, service);
    }

    /** For one of several databases: a mark is for that of the service. */
    DataSource chooseForOne() {
        return own.getJdbcUrl() == null ? choose() : connectTo(UrlParameters.translated(own.getJdbcUrl()));
    }

    DataSource choose() {
        DataSource qualified = marked.getIfAvailable();
        if (qualified != null) {
            return qualified;
        }
        if (own.getJdbcUrl() != null) {
            return connectTo(UrlParameters.translated(own.getJdbcUrl()));
        }
        DataSource main = all.getIfUnique();
        if (main != null) {
            return from(main);
        }
        if (service != null && all.stream().findAny().isEmpty()) {
            return connectTo(service.getJdbcUrl());
        }
        throw new MigrationException.Refused(
                "There are several DataSource beans, and none is marked as the one to migrate.",
                "Mark one @MigrationDataSource, or make one @Primary; or set mhras.migrations.postgresql.url."
                        + " For more than one database, name each below mhras.migrations.databases, or define a Migrator"
                        + " bean for each.");
    }

    /** This one; or one like it, with a user of our own. */
    DataSource from(DataSource dataSource) {
        return own.getUsername() == null ? dataSource : withOwnUser(DataSourceBuilder.derivedFrom(dataSource));
    }

    /** A run needs one connection, or a few one after the other: a pool would only keep idle ones. */
    private DataSource connectTo(String url) {
        DataSourceBuilder<SimpleDriverDataSource> builder =
                DataSourceBuilder.create().type(SimpleDriverDataSource.class).url(url);
        if (own.getUsername() == null && service != null) {
            return builder.username(service.getUsername())
                    .password(service.getPassword())
                    .build();
        }
        return withOwnUser(builder);
    }

    private DataSource withOwnUser(DataSourceBuilder<?> builder) {
        return builder.type(SimpleDriverDataSource.class)
                .username(own.getUsername())
                .password(own.getPassword())
                .build();
    }
}
