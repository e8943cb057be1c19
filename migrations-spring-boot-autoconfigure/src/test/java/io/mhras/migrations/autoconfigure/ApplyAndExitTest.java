package io.mhras.migrations.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.testing.TestServer;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** In a process of its own: what counts is what the shell sees. */
class ApplyAndExitTest {

    @AutoClose
    private final TestDatabase database = TestServer.newDatabase();

    @Test
    void theProcessEndsWellWithoutHavingListened() throws Exception {
        ServiceProcess service = ServiceProcess.run(entry -> true, database, "--mhras.migrations.mode=apply-and-exit");

        assertThat(service.exitCode()).as(service.output()).isZero();
        assertThat(TestService.applied(database)).hasSize(3);
        assertThat(service.output())
                .contains("the process ends")
                .doesNotContain("Tomcat", "EntityManagerFactory", "WARN", "ERROR");
    }

    @Test
    void theProcessEndsBadlyWhenAMigrationFails() throws Exception {
        ServiceProcess service = ServiceProcess.run(
                entry -> true,
                database,
                "--mhras.migrations.mode=apply-and-exit",
                "--mhras.migrations.locations=classpath:db/broken");

        assertThat(service.exitCode()).isNotZero();
        assertThat(service.output())
                .contains("APPLICATION FAILED TO START", "002_add_street.sql:2:1")
                .doesNotContain("Tomcat", "\tat ");
    }
}
