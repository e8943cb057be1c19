package io.mhras.sample;

import static io.mhras.migrations.test.MigrationAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.test.MigratedDatabase;
import io.mhras.migrations.test.Migrations;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What {@code test_migration.py} of the MHRAS system does: a clean database, all migrations, and a look at what is there. */
@MigratedDatabase(locations = "classpath:db/mhras")
final class MhrasMigrationsTest {

    @Test
    void everyTableIndexAndViewIsThere(DataSource dataSource) {
        assertThat(DatabaseObjects.of(dataSource)).containsAll(SampleSystem.MHRAS.expectedObjects());
    }

    @Test
    void everyMigrationCanBeTakenBack(Migrations migrations) {
        assertThat(migrations).areReversible();
    }
}
