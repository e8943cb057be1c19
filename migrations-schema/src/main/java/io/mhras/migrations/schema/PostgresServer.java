package io.mhras.migrations.schema;

import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** A PostgreSQL server and a login to it, with which each of its databases can be reached. */
public interface PostgresServer {

    /** Connections to the database that its address names. */
    DataSource named();

    /** Connections to the database of this name, as the same user. */
    DataSource database(String name);

    /**
     * The server that a JDBC URL leads to.
     *
     * @param user null if the URL has it
     * @param password null if the URL has it, or none is needed
     */
    static PostgresServer at(String jdbcUrl, @Nullable String user, @Nullable String password) {
        return new PostgresServer() {

            @Override
            public DataSource named() {
                return source();
            }

            @Override
            public DataSource database(String name) {
                PGSimpleDataSource source = source();
                source.setDatabaseName(name);
                return source;
            }

            private PGSimpleDataSource source() {
                PGSimpleDataSource source = new PGSimpleDataSource();
                source.setUrl(jdbcUrl);
                if (user != null) {
                    source.setUser(user);
                }
                if (password != null) {
                    source.setPassword(password);
                }
                return source;
            }
        };
    }
}
