package io.mhras.migrations.autoconfigure.clinic;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.autoconfigure.TestService;
import io.mhras.migrations.testing.TestServer;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.test.autoconfigure.JdbcTest;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@JdbcTest
@DirtiesContext
class JdbcSliceTest {

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
    void theMigrationsHaveRun(@Autowired JdbcTemplate jdbc) {
        assertThat(TestService.applied(database)).hasSize(3);
        assertThat(jdbc.queryForObject("SELECT count(*) FROM patient", Integer.class))
                .isZero();
    }
}
