package io.mhras.migrations.test.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.test.MigratedDatabase;
import io.mhras.migrations.test.TestDatabase;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.annotation.DirtiesContext.ClassMode;

@SpringBootTest
@MigratedDatabase
@DirtiesContext(classMode = ClassMode.AFTER_EACH_TEST_METHOD)
final class DirtyContextTest {

    private static final Set<String> urls = new HashSet<>();

    @RepeatedTest(2)
    void eachContextHasADatabaseOfItsOwnWhichIsDroppedWithIt(@Autowired Patients patients, TestDatabase database) {
        assertThat(patients.count()).isEqualTo(1);
        assertThat(urls.add(database.url())).isTrue();
        assertThat(database.jdbc()
                        .sql("SELECT count(*) FROM pg_database WHERE datname IN (:names)")
                        .param(
                                "names",
                                urls.stream()
                                        .map(url -> url.replaceFirst(".*/", ""))
                                        .toList())
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }
}
