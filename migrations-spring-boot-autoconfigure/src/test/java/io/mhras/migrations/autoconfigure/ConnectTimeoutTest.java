package io.mhras.migrations.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.MigrationException.DatabaseUnavailable;
import io.mhras.migrations.testing.ClosedPort;
import io.mhras.migrations.testing.LogCapture;
import io.mhras.migrations.testing.RejectingServer;
import io.mhras.migrations.testing.TestMongo;
import io.mhras.migrations.testing.TestServer;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import java.io.IOException;
import java.net.ConnectException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** A database that is not up yet when the service starts. */
class ConnectTimeoutTest {

    @AutoClose
    private final TestDatabase database = TestServer.newDatabase();

    @AutoClose
    private final ClosedPort port = ClosedPort.before(database.url());

    private static ApplicationContextRunner service(String url) {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(MigrationsAutoConfiguration.class))
                .withPropertyValues("mhras.migrations.postgresql.url=" + url);
    }

    @Test
    void byDefaultThereIsOneAttempt() {
        service(port.url())
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("Connection refused")
                        .isInstanceOf(ConnectException.class));
        service(port.url())
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining(
                                "If it is only starting, the setting 'mhras.migrations.connect-timeout' lets it"
                                        + " be waited for."));
    }

    @Test
    void aServerThatComesUpInTimeIsMigrated() throws InterruptedException {
        try (LogCapture log = LogCapture.of("io.mhras.migrations.engine.PatientDriver")) {
            CompletableFuture<Void> start = CompletableFuture.runAsync(() -> service(port.url())
                    .withPropertyValues("mhras.migrations.connect-timeout=5m")
                    .run(context -> assertThat(context).hasNotFailed()));
            log.awaitLine("Trying again");
            port.open();
            start.join();
        }
        assertThat(TestService.applied(database)).hasSize(3);
    }

    @Test
    void inModeWaitItIsWaitedForToo() throws InterruptedException {
        TestService.on(database).run(context -> assertThat(context).hasNotFailed());
        try (LogCapture log = LogCapture.of("io.mhras.migrations.engine.PatientDriver")) {
            CompletableFuture<Void> start = CompletableFuture.runAsync(() -> service(port.url())
                    .withPropertyValues("mhras.migrations.mode=wait", "mhras.migrations.wait-timeout=5m")
                    .run(context -> assertThat(context).hasNotFailed()));
            log.awaitLine("Trying again");
            port.open();
            start.join();
        }
    }

    @Test
    void oneThatDoesNotComeUpIsReportedWithTheTime() {
        service(port.url())
                .withPropertyValues("mhras.migrations.connect-timeout=1s")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining("Connection to localhost:")
                        .hasStackTraceContaining("Tried again for 1 s."));
        service(port.url())
                .withPropertyValues("mhras.migrations.mode=wait", "mhras.migrations.wait-timeout=1s")
                .run(context -> assertThat(context).getFailure().hasStackTraceContaining("Tried again for 1 s."));
    }

    @Test
    void aHostThatIsNotKnownYetIsTriedAgain() {
        service("jdbc:postgresql://no-such-host.invalid/clinic")
                .withPropertyValues("mhras.migrations.connect-timeout=1s")
                .run(context -> assertThat(context).getFailure().hasStackTraceContaining("Tried again for"));
    }

    @Test
    void aServerThatIsStartingIsTriedAgain() throws IOException {
        try (RejectingServer server = new RejectingServer("57P03", "the database system is starting up")) {
            service("jdbc:postgresql://localhost:" + server.port() + "/clinic?user=clinic&password=x")
                    .withPropertyValues("mhras.migrations.connect-timeout=2s")
                    .run(context -> assertThat(context)
                            .getFailure()
                            .hasStackTraceContaining("the database system is starting up\nTried again for 2 s."));
            assertThat(server.rejected()).isGreaterThan(1);
        }
    }

    @Test
    void aWrongPasswordIsNotTriedAgain() throws IOException {
        try (RejectingServer server = new RejectingServer()) {
            service("jdbc:postgresql://localhost:" + server.port() + "/clinic?user=clinic&password=x")
                    .withPropertyValues("mhras.migrations.connect-timeout=5m")
                    .run(context -> assertThat(context)
                            .getFailure()
                            .hasStackTraceContaining("Check the user name and the password."));
            assertThat(server.rejected()).isEqualTo(1);
        }
    }

    @Test
    void mongoDbIsWaitedForToo() throws InterruptedException {
        try (TestMongo mongo = TestMongo.newDatabase();
                ClosedPort closed = ClosedPort.before(mongo.databaseUrl());
                LogCapture log = LogCapture.of("io.mhras.migrations.engine.PatientDriver")) {
            String uri = closed.url() + (closed.url().contains("?") ? "&" : "?")
                    + "serverSelectionTimeoutMS=200&directConnection=true";
            ApplicationContextRunner service = new ApplicationContextRunner()
                    .withConfiguration(AutoConfigurations.of(MigrationsAutoConfiguration.class))
                    .withPropertyValues(
                            "mhras.migrations.locations=classpath:mongo/clinic", "mhras.migrations.mongodb.uri=" + uri);
            service.run(context -> assertThat(context)
                    .getFailure()
                    .isInstanceOf(Exception.class)
                    .hasStackTraceContaining(DatabaseUnavailable.class.getName())
                    .hasStackTraceContaining("Connection refused"));
            CompletableFuture<Void> start =
                    CompletableFuture.runAsync(() -> service.withPropertyValues("mhras.migrations.connect-timeout=5m")
                            .run(context -> assertThat(context).hasNotFailed()));
            log.awaitLine("Trying again");
            closed.open();
            start.join();
            assertThat(mongo.database().getCollection("patients").countDocuments())
                    .isEqualTo(1);
        }
    }
}
