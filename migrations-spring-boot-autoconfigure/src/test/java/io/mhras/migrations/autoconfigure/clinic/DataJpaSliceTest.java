package io.mhras.migrations.autoconfigure.clinic;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.testing.TestServer;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.data.jpa.test.autoconfigure.DataJpaTest;
import org.springframework.boot.jpa.test.autoconfigure.TestEntityManager;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@DataJpaTest(properties = "spring.jpa.hibernate.ddl-auto=validate")
@DirtiesContext
class DataJpaSliceTest {

    private static final TestDatabase database = TestServer.newDatabase();

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        registry.add("spring.datasource.url", database::url);
    }

    @AfterAll
    static void drop() {
        database.close();
    }

    @Test
    void theMigrationsHaveRun(@Autowired TestEntityManager entities) {
        Patient saved = entities.persistFlushFind(new Patient(1, "Ada"));

        assertThat(saved.name()).isEqualTo("Ada1true");
    }
}
