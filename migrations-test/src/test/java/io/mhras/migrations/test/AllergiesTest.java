package io.mhras.migrations.test;

import static io.mhras.migrations.test.MigrationAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The examples of the page about testing. */
@MigratedDatabase
class AllergiesTest {

    @Test
    void theTablesAreThere(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                ResultSet rows = connection.createStatement().executeQuery("SELECT count(*) FROM visits")) {
            assertThat(rows.next()).isTrue();
        }
    }

    @Test
    void allergiesAreMovedToTheirOwnTable(Migrations migrations) {
        TestDatabase database = migrations.at("002");
        database.jdbc()
                .sql("INSERT INTO patients (name, allergies) VALUES ('Ada', 'latex, nuts')")
                .update();

        database.upgrade();

        assertThat(database.jdbc()
                        .sql("SELECT allergy FROM patient_allergies")
                        .query(String.class)
                        .list())
                .containsExactlyInAnyOrder("latex", "nuts");
    }

    @Test
    void theWayBackKeepsThem(Migrations migrations) {
        TestDatabase database = migrations.at("003");
        database.jdbc().sql("INSERT INTO patients (name) VALUES ('Ada')").update();
        database.jdbc()
                .sql("INSERT INTO patient_allergies SELECT id, 'latex' FROM patients")
                .update();

        database.rollbackTo("002");

        assertThat(database.jdbc()
                        .sql("SELECT allergies FROM patients")
                        .query(String.class)
                        .single())
                .isEqualTo("latex");
    }

    @Test
    void everyMigrationCanBeTakenBack(Migrations migrations) {
        assertThat(migrations).areReversible();
    }

    @Test
    void theSchemaIsTheOneWeHaveReviewed(Migrations migrations) {
        assertThat(migrations).matchSnapshot();
    }

    @Test
    void withoutAnAnnotation() {
        try (Migrations migrations = Migrations.in("classpath:db/migration");
                TestDatabase database = migrations.database()) {
            assertThat(database.url()).startsWith("jdbc:postgresql:");
        }
    }
}
