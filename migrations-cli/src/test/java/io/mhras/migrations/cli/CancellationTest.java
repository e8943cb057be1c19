package io.mhras.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.cli.connection.Cancellation;
import io.mhras.migrations.cli.connection.Databases;
import io.mhras.migrations.cli.options.CommonOptions;
import io.mhras.migrations.cli.terminal.Terminal;
import org.junit.jupiter.api.Test;

class CancellationTest extends MongoCommandTest {

    @Test
    void whatFollowsACancelledRunIsNotDisturbed() {
        CommonOptions options = new CommonOptions();
        options.database.url = mongo.url().replace("/?", "/" + mongo.databaseName() + "?");
        Terminal terminal = Terminal.ofProcess();
        Databases databases = Databases.of(options, terminal, note -> {});
        Cancellation cancellation = new Cancellation();

        Cancellation.Run run = cancellation.begin(databases.usual().get(0).connection());
        new Thread(() -> cancellation.cancel(terminal)).start();
        while (!Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
        }
        run.close();

        assertThat(Thread.interrupted()).isFalse();
        cancellation.commandEnded();
        databases.close();
    }
}
