package io.mhras.migrations.benchmarks.contestant;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * What a contestant is given.
 *
 * @param dataSource connections to the database
 * @param url the database's JDBC URL
 * @param folder its migrations
 */
record Task(DataSource dataSource, String url, Path folder) {

    /** Where connections come from. */
    enum Connections {
        /** A new one each time. */
        DIRECT {
            @Override
            DataSource to(String url) {
                PGSimpleDataSource dataSource = new PGSimpleDataSource();
                dataSource.setUrl(url);
                return dataSource;
            }
        },
        /** A pool, as in a service: the connection is open already. */
        POOLED {
            @Override
            DataSource to(String url) {
                HikariConfig config = new HikariConfig();
                config.setJdbcUrl(url);
                config.setMaximumPoolSize(4);
                // Others are opened when they are wanted: Flyway wants two. None opens while a run is measured.
                config.setMinimumIdle(1);
                return new HikariDataSource(config);
            }
        };

        abstract DataSource to(String url);
    }

    static Task of(Connections connections, String url, Path folder) {
        return new Task(connections.to(url), url, folder);
    }
}
