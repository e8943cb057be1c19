package io.mhras.migrations.test.units;

import static io.mhras.migrations.test.MigrationAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mhras.migrations.test.JpaSchema;
import io.mhras.migrations.test.MigratedDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;

@SpringBootTest
@MigratedDatabase(locations = "classpath:db/units/clinic")
@MigratedDatabase(value = "billing", locations = "classpath:db/units/billing")
class TwoUnitsTest {

    @Test
    void eachDatabaseHasTheEntitiesOfItsUnit(
            @MigratedDatabase JpaSchema clinic, @MigratedDatabase("billing") JpaSchema billing) {
        assertThat(clinic.statements())
                .singleElement()
                .asString()
                .startsWith("create table \"Bed\" (\"number\" integer");
        assertThat(billing.statements()).singleElement().asString().startsWith("create table invoice (amount_due");
    }

    @Test
    void eachIsComparedWithItsOwnMigrations(
            @MigratedDatabase JpaSchema clinic, @MigratedDatabase("billing") JpaSchema billing) {
        assertThat(clinic).matchMigrations();
        assertThatThrownBy(() -> assertThat(billing).matchMigrations())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("SELECT count(*) FROM invoice WHERE amount_due IS NULL");
    }
}
