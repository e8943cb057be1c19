package io.mhras.migrations.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mhras.migrations.autoconfigure.clinic.ClinicApplication;
import io.mhras.migrations.testing.RejectingServer;
import io.mhras.migrations.testing.TestServer;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import java.io.IOException;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What a user reads when a service does not start. */
@ExtendWith(OutputCaptureExtension.class)
class FailureTextTest {

    private static final String PASSWORD = "s3cr3t-of-the-service";

    @Test
    void aScriptThatFailsIsShownWithItsPlace(CapturedOutput output) {
        try (TestDatabase database = TestServer.newDatabase()) {
            start(TestService.arguments(database, "--mhras.migrations.locations=classpath:db/broken"));

            assertThat(TestService.applied(database)).containsExactly("001");
        }
        assertThat(output)
                .containsSubsequence(
                        "APPLICATION FAILED TO START", "Description:", "002_add_street.sql:2:1", "adress", "Action:")
                .doesNotContain("\tat ");
    }

    @Test
    void aDatabaseThatIsDownIsNamed(CapturedOutput output) throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        start(
                "--spring.datasource.url=jdbc:postgresql://localhost:" + port + "/clinic?password=" + PASSWORD,
                "--spring.datasource.username=clinic",
                "--spring.datasource.hikari.connection-timeout=500");

        assertThat(output)
                .containsSubsequence(
                        "APPLICATION FAILED TO START", "There is no connection to PostgreSQL", "Action:", "server runs")
                .doesNotContain(PASSWORD)
                .doesNotContain("\tat ");
    }

    @Test
    void aWrongPasswordIsNamedAndNotPrinted(CapturedOutput output) throws IOException {
        try (RejectingServer server = new RejectingServer()) {
            start(
                    "--spring.datasource.url=jdbc:postgresql://localhost:" + server.port() + "/clinic",
                    "--spring.datasource.username=clinic",
                    "--spring.datasource.password=" + PASSWORD,
                    "--spring.datasource.hikari.connection-timeout=500");
        }
        assertThat(output)
                .containsSubsequence(
                        "APPLICATION FAILED TO START",
                        "password authentication failed for user \"clinic\"",
                        "Action:",
                        "Check the user name and the password.")
                .doesNotContain(PASSWORD)
                .doesNotContain("\tat ");
    }

    private static void start(String... arguments) {
        assertThatThrownBy(() -> new SpringApplicationBuilder(ClinicApplication.class)
                        .web(WebApplicationType.NONE)
                        .run(arguments)
                        .close())
                .isInstanceOf(RuntimeException.class);
    }
}
