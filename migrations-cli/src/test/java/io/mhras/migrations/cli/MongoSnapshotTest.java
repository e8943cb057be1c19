package io.mhras.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code migrations snapshot} of MongoDB. */
class MongoSnapshotTest extends MongoCommandTest {

    @BeforeEach
    void applyTwo() throws IOException {
        writeTwoScripts();
        done("apply");
    }

    @Test
    void collectionsAndIndexesArePrintedWithoutTheHistory() {
        assertThat(done("snapshot").out()).isEqualTo("""
                # MongoDB

                collection patients
                  index name_1 {"name": 1}

                collection visits
                """);
        assertThat(done("snapshot", "--format", "json").json().at("/objects").valueStream())
                .anySatisfy(fact -> assertThat(fact.toString())
                        .isEqualTo("{\"kind\":\"index\",\"path\":[\"patients\",\"name_1\"],\"parent\":[\"patients\"],"
                                + "\"attributes\":{\"definition\":\"{\\\"name\\\": 1}\"}}"));
    }

    @Test
    void theSchemaIsKeptAndCompared() throws IOException {
        done("snapshot", "--update");
        assertThat(Files.readString(folder.resolve("expected-schema-mongodb.txt")))
                .startsWith("# MongoDB\n");
        done("snapshot", "--check");

        mongo.database().runCommand(Document.parse("{collMod: 'visits', validator: {at: {$type: 'date'}}}"));
        CommandRun run = run("snapshot", "--check");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("""
                  ~ collection visits
                      + validator {"at": {"$type": "date"}}
                """);
    }

    @Test
    void neitherRightsNorSqlAreThereForIt() {
        CommandRun run = run("snapshot", "--rights");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("The rights of MongoDB's users are not part of a database.");

        CommandRun sql = run("snapshot", "--format", "sql");
        assertThat(sql.code()).isEqualTo(2);
        assertThat(sql.err()).contains("There is no SQL for MongoDB.");
    }
}
