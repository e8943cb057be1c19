package io.mhras.migrations.postgresql;

import io.mhras.migrations.MigrationDriver;
import io.mhras.migrations.testing.TransactionPooler;
import org.junit.jupiter.api.AfterEach;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The same through a pooler that keeps a server session for each connection. */
class PooledDriverContractTest extends PostgresDriverContractTest {

    private final TransactionPooler pooler = TransactionPooler.keepingSessions(database.url(), 50);

    @AfterEach
    void close() {
        pooler.close();
    }

    @Override
    public MigrationDriver driver() {
        return new PostgresDriver(new DriverManagerDataSource(pooler.url()), PostgresSettings.DEFAULT);
    }
}
