package io.mhras.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CancellationTest extends MongoCommandTest {

    @Test
    void whatFollowsACancelledRunIsNotDisturbed() {
        DatabaseOptions options = new DatabaseOptions();
        options.url = mongo.url().replace("/?", "/" + mongo.databaseName() + "?");
        Terminal terminal = Terminal.ofProcess();
        Cancellation cancellation = new Cancellation();

        Cancellation.Run run = cancellation.begin(options.connection(Kind.MONGODB, terminal));
        new Thread(() -> cancellation.cancel(terminal)).start();
        while (!Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
        }
        run.close();

        assertThat(Thread.interrupted()).isFalse();
        cancellation.commandEnded();
        options.close();
    }
}
