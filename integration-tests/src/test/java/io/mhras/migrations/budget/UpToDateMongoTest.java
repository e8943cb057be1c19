package io.mhras.migrations.budget;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import io.mhras.migrations.Target;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.processes.MongoMigrateProcess;
import io.mhras.migrations.testing.TestMongo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpToDateMongoTest {

    private final TestMongo mongo = TestMongo.newDatabase();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        mongo.close();
    }

    @Test
    void aStartIsOneQuery() throws Exception {
        Files.writeString(folder.resolve("001_a.js"), "db.a.insertOne({ _id: 1 });");
        List<String> commands = new CopyOnWriteArrayList<>();
        MongoClientSettings settings = MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(mongo.url()))
                .addCommandListener(new CommandListener() {
                    @Override
                    public void commandStarted(CommandStartedEvent event) {
                        commands.add(event.getCommandName());
                    }
                })
                .build();
        try (MongoClient client = MongoClients.create(settings)) {
            Migrator migrator = MongoMigrateProcess.migrator(client, mongo.databaseName(), folder);
            assertThat(migrator.migrate(Target.HEAD).events()).hasSize(1);
            commands.clear();

            assertThat(migrator.migrate(Target.HEAD).isUpToDate()).isTrue();

            assertThat(commands).containsExactly("find");
        }
    }

    @Test
    void aStartLoadsNoJavaScriptEngine() throws Exception {
        Files.writeString(folder.resolve("001_a.js"), "db.a.insertOne({ _id: 1 });");
        Path log = folder.resolve("classes.log");

        assertThat(run(log)).isEqualTo("done 1");
        assertThat(classesOfTheEngine(log)).isGreaterThan(1_000);

        assertThat(run(log)).isEqualTo("done 0");
        assertThat(classesOfTheEngine(log)).isZero();
    }

    private String run(Path log) throws Exception {
        MongoMigrateProcess process =
                MongoMigrateProcess.start(mongo.url(), folder, "-Xlog:class+load:file=" + log + "::filecount=0");
        try {
            process.ready().begin(mongo.databaseName());
            return process.ending();
        } finally {
            process.kill();
        }
    }

    private static long classesOfTheEngine(Path log) throws Exception {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains(" org.graalvm.") || line.contains(" com.oracle.truffle."))
                    .count();
        }
    }
}
