package io.mhras.migrations.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.testing.TestServer;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Without any of the optional dependencies: in a process of its own, on the class path that the starter brings. */
class StarterAloneTest {

    private static final Pattern BROUGHT = Pattern.compile(
            "(classes|test-classes|migrations-(core|postgresql)-.*|HikariCP.*|postgresql.*"
                    + "|spring-(aop|beans|boot|context|core|expression|jdbc|tx)-[0-9].*"
                    + "|spring-boot-(autoconfigure|jdbc|persistence|sql|transaction|starter.*)-[0-9].*"
                    + "|commons-logging.*|jspecify.*|logback.*|log4j.*|jul-to-slf4j.*|slf4j.*|snakeyaml.*|jakarta\\.annotation.*)");

    private static final Pattern NO_JDBC = Pattern.compile("(spring-boot-jdbc|HikariCP|postgresql)-.*");

    @AutoClose
    private final TestDatabase database = TestServer.newDatabase();

    @Test
    void itIsEnough() throws Exception {
        ServiceProcess service = ServiceProcess.run(StarterAloneTest::isBrought, database);

        assertThat(service.exitCode()).as(service.output()).isZero();
        assertThat(TestService.applied(database)).hasSize(3);
    }

    @Test
    void theAutoConfigurationWithoutJdbcSaysWhatIsMissing() throws Exception {
        ServiceProcess service = ServiceProcess.run(entry -> isBrought(entry) && !matches(NO_JDBC, entry), database);

        assertThat(service.exitCode()).isNotZero();
        assertThat(service.output())
                .contains("APPLICATION FAILED TO START", "SQL migrations in classpath:db/migration")
                .contains("org.springframework.boot:spring-boot-starter-jdbc");
    }

    private static boolean isBrought(Path entry) {
        return matches(BROUGHT, entry);
    }

    private static boolean matches(Pattern pattern, Path entry) {
        return pattern.matcher(entry.getFileName().toString()).matches();
    }
}
