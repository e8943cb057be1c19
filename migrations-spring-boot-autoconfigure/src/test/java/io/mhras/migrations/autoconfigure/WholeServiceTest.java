package io.mhras.migrations.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.autoconfigure.clinic.ClinicApplication;
import io.mhras.migrations.testing.TestServer;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

/** What Actuator has of the migrations when everything is there. */
@SpringBootTest(
        classes = ClinicApplication.class,
        properties = {
            "management.endpoints.web.exposure.include=*",
            "management.endpoint.health.show-details=always",
            "management.endpoint.health.group.readiness.include=readinessState,migrations"
        })
@AutoConfigureMockMvc
@DirtiesContext
class WholeServiceTest {

    private static final TestDatabase database = TestServer.newDatabase();

    @Autowired
    private MockMvcTester mvc;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        registry.add("spring.datasource.url", database::url);
    }

    @AfterAll
    static void drop() {
        database.close();
    }

    @Test
    void readinessKnowsTheMigrations() {
        assertThat(mvc.get().uri("/actuator/health/readiness"))
                .bodyJson()
                .extractingPath("$.components.migrations.details.postgresql.state")
                .isEqualTo("UP_TO_DATE");
    }

    @Test
    void livenessDoesNot() {
        assertThat(mvc.get().uri("/actuator/health/liveness")).bodyJson().doesNotHavePath("$.components.migrations");
    }

    @Test
    void theRunIsMeasured() {
        assertThat(mvc.get().uri("/actuator/metrics/mhras.migrations?tag=outcome:success"))
                .bodyJson()
                .extractingPath("$.measurements[?(@.statistic=='COUNT')].value")
                .isEqualTo(List.of(1.0));
    }

    @Test
    void theMigrationsAreCounted() {
        assertThat(mvc.get().uri("/actuator/metrics/mhras.migrations.applied?tag=database:postgresql"))
                .bodyJson()
                .extractingPath("$.measurements[0].value")
                .isEqualTo(3.0);
    }

    @Test
    void thePasswordIsNotShown() {
        assertThat(mvc.get().uri("/actuator/configprops/mhras.migrations"))
                .bodyText()
                .contains("\"lockTimeout\":\"******\"")
                .doesNotContain("MigrationsProperties[");
    }
}
