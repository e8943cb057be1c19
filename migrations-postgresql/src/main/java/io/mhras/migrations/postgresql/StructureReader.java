package io.mhras.migrations.postgresql;

import java.sql.Connection;

/** Reads what the structure of a database is, for a driver that watches it. */
@FunctionalInterface
public interface StructureReader {

    /**
     * A fingerprint: {@code PostgreSQL 18:} and what is equal where the structure is.
     *
     * @param connection in autocommit, and left so
     */
    String read(Connection connection);
}
