package io.mhras.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@code Ctrl-C} does to a script of MongoDB, sent to a process of its own. */
@Timeout(120)
class MongoCancelTest extends MongoCommandTest {

    @BeforeEach
    void mustHearInterrupts() throws IOException {
        CancelTest.interruptsAreNotIgnored();
    }

    @Test
    void theScriptIsStoppedItsStatementsAreOnRecordAndTheLeaseIsFree() throws Exception {
        write("001_patients.js", "db.createCollection('patients');\n");
        write(
                "002_slow.js",
                "db.slow.insertOne({ _id: 1 });\nwhile (!db.go.findOne()) sleep(50);\ndb.slow.insertOne({ _id: 2 });\n");
        write("003_visits.js", "db.createCollection('visits');\n");
        Process process = CancelTest.start(environment(), "apply");
        try {
            while (mongo.database().getCollection("slow").countDocuments() == 0) {
                Thread.onSpinWait();
            }

            CancelTest.interrupt(process);

            assertThat(CancelTest.output(process))
                    .contains("applied 001 patients", "Cancelling ...", "002_slow.js")
                    .endsWith("""
                            Cancelled.
                            Done, and kept: 001_patients.js.
                            Stopped: 002_slow.js.
                            Not begun: 003_visits.js.
                            The lock is free.
                            """);
            assertThat(process.waitFor()).isEqualTo(130);
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(done("lock").out()).isEqualTo("The migration lock is free.\n");
        assertThat(done("history", "--events").out()).containsPattern("failed +002");
        mongo.database().createCollection("go");
        mongo.database().getCollection("go").insertOne(new org.bson.Document());

        assertThat(done("apply").err()).contains("applied 002 slow", "applied 003 visits");
        assertThat(mongo.database().getCollection("slow").countDocuments()).isEqualTo(2);
    }
}
