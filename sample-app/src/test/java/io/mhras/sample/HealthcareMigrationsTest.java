package io.mhras.sample;

import static io.mhras.migrations.test.MigrationAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.test.MigratedDatabase;
import io.mhras.migrations.test.Migrations;
import io.mhras.migrations.test.TestDatabase;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The healthcare federation's migrations. */
@MigratedDatabase(locations = "classpath:db/healthcare")
final class HealthcareMigrationsTest {

    @Test
    void everyTableIndexAndViewIsThere(DataSource dataSource) {
        assertThat(DatabaseObjects.of(dataSource)).containsAll(SampleSystem.HEALTHCARE.expectedObjects());
    }

    @Test
    void everyMigrationCanBeTakenBack(Migrations migrations) {
        assertThat(migrations).areReversible();
    }

    @Test
    void patientsThatAreThereGetAPlaceForTheirAllergies(Migrations migrations) {
        TestDatabase database = migrations.at("005");
        database.jdbc().sql("""
                INSERT INTO patients (medical_record_number, first_name, last_name, date_of_birth)
                VALUES ('MRN-1', 'Ada', 'Lovelace', '1915-12-10')""").update();

        database.upgrade();

        assertThat(database.jdbc().sql("""
                        INSERT INTO patient_allergies (patient_id, allergen)
                        SELECT id, 'latex' FROM patients""").update()).isEqualTo(1);
    }
}
