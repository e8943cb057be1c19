package io.mhras.sample.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/** A PostgreSQL server for trying out, which lives as long as the service. */
final class EmbeddedServer implements JdbcConnectionDetails, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedServer.class);

    private final EmbeddedPostgres server;

    private EmbeddedServer(EmbeddedPostgres server) {
        this.server = server;
    }

    static EmbeddedServer start() {
        try {
            EmbeddedServer server = new EmbeddedServer(EmbeddedPostgres.start());
            log.info(
                    "No database is configured (SPRING_DATASOURCE_URL), so an embedded PostgreSQL 18 for trying out was"
                            + " started at {}; its data is gone when this process ends",
                    server.getJdbcUrl());
            return server;
        } catch (IOException | RuntimeException e) {
            throw new IllegalStateException(
                    "No database is configured, and the embedded PostgreSQL for trying out could not be started."
                            + " Set SPRING_DATASOURCE_URL, SPRING_DATASOURCE_USERNAME and SPRING_DATASOURCE_PASSWORD.",
                    e);
        }
    }

    @Override
    public String getJdbcUrl() {
        return server.getJdbcUrl("postgres", "postgres");
    }

    @Override
    public String getUsername() {
        return "postgres";
    }

    /** None: the server listens on the loopback interface only, and trusts who comes from there. */
    @Override
    public @Nullable String getPassword() {
        return null;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
