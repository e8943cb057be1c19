package io.mhras.migrations.test;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

@MigratedDatabase
@MigratedDatabase("billing")
class TwoDatabasesTest {

    @Test
    void eachHasItsTables(TestDatabase patients, @MigratedDatabase("billing") TestDatabase billing) {
        assertThat(tables(patients)).contains("patients").doesNotContain("invoices");
        assertThat(tables(billing)).contains("invoices").doesNotContain("patients");
    }

    private static java.util.List<String> tables(TestDatabase database) {
        return database.jdbc()
                .sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
                .query(String.class)
                .list();
    }
}
