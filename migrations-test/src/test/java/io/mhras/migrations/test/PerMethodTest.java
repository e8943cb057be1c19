package io.mhras.migrations.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.test.MigratedDatabase.Per;
import org.junit.jupiter.api.RepeatedTest;

@MigratedDatabase(per = Per.METHOD)
class PerMethodTest {

    @RepeatedTest(3)
    void eachMethodFindsItEmpty(TestDatabase database) {
        assertThat(database.jdbc()
                        .sql("SELECT count(*) FROM patients")
                        .query(Integer.class)
                        .single())
                .isZero();
        database.jdbc().sql("INSERT INTO patients (name) VALUES ('Ada')").update();
    }
}
