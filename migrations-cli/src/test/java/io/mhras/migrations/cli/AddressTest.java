package io.mhras.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mhras.migrations.testing.RejectingServer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses and passwords as they reach the server. */
class AddressTest extends CommandTest {

    private URI address() {
        return URI.create(database.url().substring("jdbc:".length()));
    }

    /** A process of its own: the driver looks into the real environment. */
    private String inProcess(Map<String, String> variables, String... jvmOptions)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString());
        builder.command().addAll(List.of(jvmOptions));
        builder.command()
                .addAll(List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        MigrationsCommand.class.getName(),
                        "status",
                        "-l",
                        folder.toString()));
        builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("DB_"));
        builder.environment().remove("DATABASE_URL");
        builder.environment().putAll(variables);
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    @Test
    void aServiceOfTheServiceFileIsFound() throws IOException, InterruptedException {
        writeThree();
        Path services = folder.resolve("../services-" + database.name()).normalize();
        Files.writeString(services, """
                [clinic]
                host=%s
                port=%d
                dbname=%s
                user=%s
                """.formatted(address().getHost(), address().getPort(), database.name(), user()));
        try {
            assertThat(inProcess(Map.of("PGSERVICE", "clinic", "PGSERVICEFILE", services.toString())))
                    .contains("postgresql: 3 to apply");
        } finally {
            Files.delete(services);
        }
    }

    @Test
    void aPasswordInThePgpassFileIsUsed() throws IOException, InterruptedException {
        writeThree();
        Path passwords = folder.resolve("../pgpass-" + database.name()).normalize();
        Files.writeString(passwords, "*:*:*:*:Tr0ub4dor\n");
        Files.setPosixFilePermissions(passwords, PosixFilePermissions.fromString("rw-------"));
        try (RejectingServer server = new RejectingServer()) {
            Map<String, String> variables = Map.of(
                    "PGHOST", "localhost",
                    "PGPORT", Integer.toString(server.port()),
                    "PGDATABASE", "clinic",
                    "PGUSER", "clinic");

            assertThat(inProcess(variables)).contains("no password was provided", "Give the password, if");
            assertThat(inProcess(variables, "-Dorg.postgresql.pgpassfile=" + passwords))
                    .contains("password authentication failed")
                    .doesNotContain("Tr0ub4dor");
        } finally {
            Files.delete(passwords);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"search_path", "schema", "currentSchema"})
    void theSchemaOfTheAddressIsWhereEverythingLands(String parameter) throws IOException {
        writeThree();
        database.run("CREATE SCHEMA app");

        assertThat(run("apply", "--url", database.url() + "&" + parameter + "=app")
                        .code())
                .isZero();

        assertThat(tables()).isEmpty();
        database.run("SELECT FROM app.visits, app.migration_history");
    }

    @Test
    void whatMeansNothingInAnAddressIsRefusedByName() throws IOException {
        writeThree();

        for (String url : List.of(database.url() + "&foo=bar", "mongodb://localhost:1/clinic?foo=bar")) {
            CommandRun run = run("status", "--url", url);
            assertThat(run.code()).isEqualTo(2);
            assertThat(run.err()).contains("'foo'", "What to do:");
        }
        assertThat(run("status", "--url", database.url() + "&x-migrations-table=m")
                        .err())
                .contains("'x-migrations-table'", "set '--table'");
        assertThat(run("status", "--url", "mongodb://localhost:1/clinic?x-migrations-collection=m")
                        .err())
                .contains("'x-migrations-collection'", "set '--table'");
        assertThat(run("status", "--url", database.url() + "&sslmode=bogus").err())
                .contains("'sslmode'", "cannot be 'bogus'");
    }

    @Test
    void anIpv6AddressAndSeveralHostsAreReached() throws IOException {
        writeThree();
        String rest = ":" + address().getPort() + "/" + database.name();
        String user = user() + "@";

        assertThat(run("status", "--url", "postgresql://" + user + "localhost:1,localhost" + rest)
                        .code())
                .isZero();
        CommandRun ipv6 = run("status", "--url", "postgresql://" + user + "[::1]" + rest);
        assumeTrue(ipv6.code() == 0 || !ipv6.err().contains("refused"), "The server listens on IPv6");
        assertThat(ipv6.code()).as(ipv6.err()).isZero();
    }

    private String user() {
        return address().getQuery().replaceFirst(".*user=([^&]*).*", "$1");
    }
}
