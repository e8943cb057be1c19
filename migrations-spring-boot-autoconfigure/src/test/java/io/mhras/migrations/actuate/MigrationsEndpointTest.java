package io.mhras.migrations.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.mhras.migrations.Migration;
import io.mhras.migrations.MigrationScript;
import io.mhras.migrations.MigrationSet;
import io.mhras.migrations.MigrationVersion;
import io.mhras.migrations.Target;
import io.mhras.migrations.autoconfigure.TestService;
import io.mhras.migrations.autoconfigure.clinic.ClinicApplication;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.postgresql.PostgresDriver;
import io.mhras.migrations.postgresql.PostgresSettings;
import io.mhras.migrations.testing.TestServer;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skyscreamer.jsonassert.JSONAssert;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Over HTTP, in a whole service. */
class MigrationsEndpointTest {

    private final TestDatabase database = TestServer.newDatabase();
    private boolean dropped;

    @AfterEach
    void drop() {
        if (!dropped) {
            database.close();
        }
    }

    @Test
    void theServiceShowsWhereItsDatabasesStand() throws Exception {
        try (ConfigurableApplicationContext service = start("mhras.migrations.target=002")) {
            JSONAssert.assertEquals("""
                    {"databases": {"postgresql": {
                      "state": "PENDING",
                      "current": ["002"],
                      "heads": ["002"],
                      "counts": {"APPLIED": 2, "PENDING": 1},
                      "migrations": [
                        {"version": "001", "description": "create patient", "state": "APPLIED",
                         "script": "001_create_patient.sql", "appliedBy": "postgres", "requires": []},
                        {"version": "002", "description": "add consent", "state": "APPLIED",
                         "script": "002_add_consent.sql", "appliedBy": "postgres", "requires": ["001"]},
                        {"version": "R_consenting_patient", "description": "consenting patient", "state": "PENDING",
                         "script": "R_consenting_patient.sql"}
                      ]}}}""", body(get(service, "")), false);
            assertThat(body(get(service, "")))
                    .containsPattern("\"appliedAt\":\"\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z\",\"durationMs\":\\d+")
                    .containsPattern("\"checksum\":\"[0-9a-f]{64}\"")
                    .doesNotContain("null");
        }
    }

    @Test
    void anyInstanceShowsWhatAnotherOneRuns() throws Exception {
        MigrationScript slow =
                MigrationScript.ofText("003_slow.sql", "003_slow.sql", "SELECT 1;\nSELECT pg_sleep(60);");
        MigrationSet newer =
                MigrationSet.of(List.of(new Migration(MigrationVersion.of("003"), "slow", null, slow, null, null)));
        try (ConfigurableApplicationContext service = start()) {
            Migrator another =
                    new Migrator(new PostgresDriver(database.dataSource(), PostgresSettings.DEFAULT), () -> newer);
            another.stamp(Target.BASE);
            CompletableFuture<Throwable> run =
                    CompletableFuture.supplyAsync(() -> catchThrowable(() -> another.migrate(Target.HEAD)));
            String body = body(get(service, ""));
            while (!body.contains("\"statement\":2")) {
                assertThat(run).isNotDone();
                Thread.sleep(20);
                body = body(get(service, ""));
            }

            JSONAssert.assertEquals("""
                    {"databases": {"postgresql": {"running": {
                      "script": "003_slow.sql", "statement": 2, "statements": 2, "waitsFor": "Timeout PgSleep",
                      "session": {"user": "postgres", "state": "active"}, "blockedBy": []}}}}""", body, false);
            assertThat(body).containsPattern("\"since\":\"\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z\",\"elapsedMs\":\\d+");
            database.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
                    + " AND application_name LIKE 'mhras-migrations %'");
            assertThat(run.get()).hasMessageContaining("The connection to PostgreSQL broke");
            assertThat(body(get(service, ""))).doesNotContain("running");
        }
    }

    @Test
    void aDatabasesHistoryIsNewestFirst() throws Exception {
        try (ConfigurableApplicationContext service = start("spring.application.name=clinic")) {
            JSONAssert.assertEquals("""
                    {"database": "postgresql", "history": [
                      {"event": "APPLIED", "version": "R_consenting_patient"},
                      {"event": "APPLIED", "version": "002"},
                      {"event": "APPLIED", "version": "001", "description": "create patient",
                       "script": "001_create_patient.sql", "by": "postgres", "application": "clinic"}
                    ]}""", body(get(service, "/postgresql")), false);
        }
    }

    @Test
    void oneMigrationIsShownWithItsEvents() throws Exception {
        try (ConfigurableApplicationContext service = start()) {
            String expected = """
                    {"database": "postgresql",
                     "migration": {"version": "002", "state": "APPLIED", "requires": ["001"]},
                     "events": [{"event": "APPLIED", "version": "002"}]}""";
            JSONAssert.assertEquals(expected, body(get(service, "/postgresql/002")), false);
            JSONAssert.assertEquals(expected, body(get(service, "/postgresql/2")), false);
        }
    }

    @Test
    void whatIsNotKnownIsNotFound() throws Exception {
        try (ConfigurableApplicationContext service = start()) {
            assertThat(get(service, "/oracle").statusCode()).isEqualTo(404);
            assertThat(get(service, "/oracle/001").statusCode()).isEqualTo(404);
            assertThat(get(service, "/postgresql/999").statusCode()).isEqualTo(404);
            assertThat(get(service, "/postgresql/head").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void aDatabaseThatIsGoneIsShownWithTheReason() throws Exception {
        try (ConfigurableApplicationContext service = start("spring.datasource.hikari.connection-timeout=500")) {
            database.close();
            dropped = true;

            assertThat(body(get(service, ""))).contains("\"state\":\"UNAVAILABLE\"", "PostgreSQL", "What to do");
            assertThat(body(get(service, "/postgresql"))).contains("\"history\":[]", "\"error\":");
            assertThat(body(get(service, "/postgresql/001"))).contains("\"events\":[]", "\"error\":");
        }
    }

    @Test
    void itIsThereOnlyWhereItIsExposed() throws Exception {
        try (ConfigurableApplicationContext service = start("management.endpoints.web.exposure.exclude=migrations")) {
            assertThat(get(service, "").statusCode()).isEqualTo(404);
            assertThat(service.getBeansOfType(MigrationsEndpoint.class)).isEmpty();
        }
    }

    @Test
    void checksRunOnRequestOfThoseWhoMayWrite() throws Exception {
        try (ConfigurableApplicationContext service = start()) {
            assertThat(post(service, "/postgresql/verify").statusCode()).isEqualTo(404);
        }
        try (ConfigurableApplicationContext service = start("management.endpoint.migrations.access=unrestricted")) {
            assertThat(get(service, "/postgresql/verify").statusCode()).isEqualTo(404);
            JSONAssert.assertEquals("""
                    {"database": "postgresql", "state": "HOLDS", "checks": [],
                     "unchecked": ["001", "002", "R_consenting_patient"], "notes": []}""", body(post(service, "/postgresql/verify")), false);
            assertThat(body(get(service, "/postgresql/verify"))).contains("\"state\":\"HOLDS\"", "\"at\":\"");
            assertThat(body(get(service, ""))).contains("\"checks\":{\"at\":\"");
            JSONAssert.assertEquals("""
                    {"database": "postgresql", "state": "UNKNOWN", "explanation": "It is not watched."}""", body(post(service, "/postgresql/drift")), false);
            assertThat(post(service, "/postgresql/clean").statusCode()).isEqualTo(404);
            assertThat(post(service, "/oracle/verify").statusCode()).isEqualTo(404);
        }
    }

    private static HttpResponse<String> post(ConfigurableApplicationContext service, String path)
            throws IOException, InterruptedException {
        String port = service.getEnvironment().getRequiredProperty("local.server.port");
        URI uri = URI.create("http://localhost:" + port + "/actuator/migrations" + path);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }

    private ConfigurableApplicationContext start(String... settings) {
        SpringApplication application = new SpringApplication(ClinicApplication.class);
        String[] defaults = TestService.arguments(
                database, "--server.port=0", "--management.endpoints.web.exposure.include=migrations");
        String[] arguments = java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(defaults),
                        java.util.stream.Stream.of(settings).map("--"::concat))
                .toArray(String[]::new);
        return application.run(arguments);
    }

    private static HttpResponse<String> get(ConfigurableApplicationContext service, String path)
            throws IOException, InterruptedException {
        String port = service.getEnvironment().getRequiredProperty("local.server.port");
        URI uri = URI.create("http://localhost:" + port + "/actuator/migrations" + path);
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    private static String body(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }
}
