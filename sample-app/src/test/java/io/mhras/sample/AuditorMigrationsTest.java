package io.mhras.sample;

import static io.mhras.migrations.test.MigrationAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.test.MigratedDatabase;
import io.mhras.migrations.test.Migrations;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The auditor's migrations. */
@MigratedDatabase(locations = "classpath:db/auditor")
final class AuditorMigrationsTest {

    @Test
    void everyTableIndexAndViewIsThere(DataSource dataSource) {
        assertThat(DatabaseObjects.of(dataSource)).containsAll(SampleSystem.AUDITOR.expectedObjects());
    }

    @Test
    void everyMigrationCanBeTakenBack(Migrations migrations) {
        assertThat(migrations).areReversible();
    }
}
