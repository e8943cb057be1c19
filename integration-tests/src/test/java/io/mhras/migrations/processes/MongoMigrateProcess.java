package io.mhras.migrations.processes;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.Target;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.mongodb.MongoDriver;
import io.mhras.migrations.mongodb.MongoSettings;
import io.mhras.migrations.source.MigrationLoader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A process of its own that applies the migrations of a folder to a database, each time it is told a database's name. */
public final class MongoMigrateProcess {

    private static final String READY = "=> ready";
    private static final String ENDED = "=> ended ";

    private final Process process;
    private final BufferedReader output;

    private MongoMigrateProcess(Process process) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    public static MongoMigrateProcess start(String url, Path folder, String... jvmOptions) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of(jvmOptions));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), MongoMigrateProcess.class.getName()));
        command.addAll(List.of(url, folder.toString()));
        return new MongoMigrateProcess(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    public static Migrator migrator(MongoClient client, String database, Path folder) {
        MigrationLoader loader = new MigrationLoader(
                List.of("filesystem:" + folder),
                DatabaseKind.MONGODB,
                Map.of(),
                MongoMigrateProcess.class.getClassLoader());
        MongoSettings settings = MongoSettings.DEFAULT.with(Duration.ofSeconds(30), Duration.ZERO);
        return new Migrator(new MongoDriver(client, database, settings), loader::load);
    }

    /** Waits until it can be told to begin. */
    public MongoMigrateProcess ready() throws IOException {
        await(READY);
        return this;
    }

    public void begin(String database) throws IOException {
        process.getOutputStream().write((database + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** How the run ended: {@code done}, or the error. */
    public String ending() throws IOException {
        return await(ENDED);
    }

    private String await(String beginning) throws IOException {
        StringBuilder before = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(beginning)) {
                return line.substring(beginning.length());
            }
            before.append(line).append('\n');
        }
        return "gone: " + before;
    }

    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** What it does. */
    public static void main(String[] arguments) throws IOException {
        try (MongoClient client = MongoClients.create(arguments[0])) {
            BufferedReader databases = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            System.out.println(READY);
            for (String database = databases.readLine(); database != null; database = databases.readLine()) {
                System.out.println(ENDED + run(client, database, Path.of(arguments[1])));
            }
        }
    }

    private static String run(MongoClient client, String database, Path folder) {
        try {
            int events = migrator(client, database, folder)
                    .migrate(Target.HEAD)
                    .events()
                    .size();
            return "done " + events;
        } catch (MigrationException e) {
            return String.valueOf(e.getMessage()).replace('\n', ' ');
        }
    }
}
