package io.mhras.migrations.processes;

import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.Target;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.postgresql.PostgresDriver;
import io.mhras.migrations.postgresql.PostgresSettings;
import io.mhras.migrations.source.MigrationLoader;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A process of its own that applies the migrations of a folder to a database. */
public final class MigrateProcess {

    private MigrateProcess() {}

    /** Starts one; its output, errors included, is to be read. */
    public static Process start(String url, Path folder, String... jvmOptions) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(jvmOptions));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), MigrateProcess.class.getName()));
        command.addAll(List.of(url, folder.toString()));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /** All that it prints until it ends. */
    public static String output(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** The same without a process. */
    public static Migrator migrator(String url, Path folder) {
        return migrator(new DriverManagerDataSource(url), folder);
    }

    static Migrator migrator(DataSource dataSource, Path folder) {
        ClassLoader classLoader = MigrateProcess.class.getClassLoader();
        MigrationLoader loader =
                new MigrationLoader(List.of("filesystem:" + folder), DatabaseKind.POSTGRESQL, Map.of(), classLoader);
        return new Migrator(new PostgresDriver(dataSource, PostgresSettings.DEFAULT), loader::load);
    }

    /** The JVM's option for connections that hide pgjdbc, as those of some monitoring tools. */
    public static final String PLAIN_JDBC = "-Dmigrate.plain=true";

    private static DataSource withoutPgjdbc(String url) {
        return new DelegatingDataSource(new DriverManagerDataSource(url)) {
            @Override
            public Connection getConnection() throws SQLException {
                Connection real = super.getConnection();
                return (Connection) Proxy.newProxyInstance(
                        MigrateProcess.class.getClassLoader(),
                        new Class<?>[] {Connection.class},
                        (proxy, method, values) -> switch (method.getName()) {
                            case "isWrapperFor" -> false;
                            default -> method.invoke(real, values);
                        });
            }
        };
    }

    /** What it does. */
    public static void main(String[] arguments) {
        DataSource dataSource = Boolean.getBoolean("migrate.plain")
                ? withoutPgjdbc(arguments[0])
                : new DriverManagerDataSource(arguments[0]);
        try {
            migrator(dataSource, Path.of(arguments[1])).migrate(Target.HEAD);
        } catch (MigrationException e) {
            System.out.println(e.getMessage());
            System.exit(1);
        }
    }
}
