package io.mhras.migrations.test;

import static org.assertj.core.api.Assertions.assertThat;

import javax.sql.DataSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** As a user without Spring writes it. */
@MigratedDatabase
class WithoutSpringTest {

    private final JdbcClient jdbc;
    private final String url;

    WithoutSpringTest(DataSource dataSource, TestDatabase database) {
        jdbc = JdbcClient.create(dataSource);
        url = database.url();
    }

    @Test
    void everythingIsApplied() {
        jdbc.sql("INSERT INTO patients (name) VALUES ('Ada')").update();

        assertThat(jdbc.sql("SELECT count(*) FROM patients")
                        .query(Integer.class)
                        .single())
                .isPositive();
    }

    @Test
    void allMethodsHaveOneDatabase(TestDatabase database) {
        assertThat(database.url()).isEqualTo(url);
    }

    @Test
    void aResetTakesAwayWhatWasWritten(TestDatabase database) {
        jdbc.sql("INSERT INTO patients (name) VALUES ('Grace')").update();

        database.reset();

        assertThat(jdbc.sql("SELECT count(*) FROM patients")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void aMigrationMovesTheDataThatIsThere(Migrations migrations) {
        TestDatabase database = migrations.at("002");
        database.jdbc()
                .sql("INSERT INTO patients (name, allergies) VALUES ('Ada', 'latex, nuts')")
                .update();

        database.upgrade();

        assertThat(database.jdbc()
                        .sql("SELECT allergy FROM patient_allergies ORDER BY allergy")
                        .query(String.class)
                        .list())
                .containsExactly("latex", "nuts");

        database.rollbackTo("002");

        assertThat(database.jdbc()
                        .sql("SELECT allergies FROM patients")
                        .query(String.class)
                        .single())
                .isEqualTo("latex, nuts");
    }

    @Nested
    class InANestedClass {

        @Test
        void itIsTheSameDatabase(TestDatabase database) {
            assertThat(database.url()).isEqualTo(url);
        }
    }
}
