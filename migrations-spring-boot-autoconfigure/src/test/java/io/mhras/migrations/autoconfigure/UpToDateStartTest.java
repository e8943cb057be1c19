package io.mhras.migrations.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.testing.TestServer;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import io.mhras.migrations.testing.WireTap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class UpToDateStartTest {

    @AutoClose
    private final TestDatabase database = TestServer.newDatabase();

    @Test
    void itSendsOneStatement() {
        TestService.on(database).run(context -> assertThat(context).hasNotFailed());

        try (WireTap tap = WireTap.on(database.url())) {
            TestService.on(database)
                    .withPropertyValues("spring.datasource.url=" + tap.url())
                    .run(context -> assertThat(context).hasNotFailed());

            assertThat(tap.statements())
                    .as("the others are those of the driver and the pool when they connect")
                    .noneMatch(statement -> statement.contains("advisory_lock") || statement.startsWith("CREATE"))
                    .filteredOn(statement -> statement.contains("migration_history"))
                    .hasSize(1);
        }
    }
}
