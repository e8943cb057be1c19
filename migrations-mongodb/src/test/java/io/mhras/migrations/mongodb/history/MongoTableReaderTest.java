package io.mhras.migrations.mongodb.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mhras.migrations.MigrationException.DatabaseUnavailable;
import io.mhras.migrations.MigrationException.HistoryUnusable;
import io.mhras.migrations.TableReader;
import io.mhras.migrations.TableReader.Table;
import io.mhras.migrations.mongodb.MongoDriver;
import io.mhras.migrations.mongodb.MongoSettings;
import io.mhras.migrations.mongodb.server.MongoErrors;
import io.mhras.migrations.testing.TestMongo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MongoTableReaderTest {

    private static final int HOST_UNREACHABLE = 6;

    private final TestMongo mongo = TestMongo.newDatabase();
    private final TableReader reader =
            new MongoDriver(mongo.client(), mongo.databaseName(), MongoSettings.DEFAULT).tables();

    @AfterEach
    void stop() {
        mongo.close();
    }

    private void insert(String collection, Document... documents) {
        mongo.database().getCollection(collection).insertMany(List.of(documents));
    }

    @Test
    void documentsAreMapsByTheNamesOfTheirFieldsInLowerCase() {
        insert(
                "changelog",
                new Document("_id", 1).append("fileName", "001.js").append("appliedAt", Instant.EPOCH),
                new Document("_id", 2).append("fileName", null).append("done", true));

        Table table =
                reader.find(null, Set.of("changelog", "changeLog"), Set.of()).get(0);

        assertThat(reader.kind()).hasToString("collection");
        assertThat(table).isEqualTo(new Table(null, "changelog", Set.of("_id", "filename", "appliedat", "done")));
        List<Map<String, Object>> rows = reader.rows(table, 10);
        assertThat(rows).hasSize(2);
        assertThat(rows.get(0)).isEqualTo(Map.of("_id", 1, "filename", "001.js", "appliedat", Instant.EPOCH));
        assertThat(rows.get(1)).containsEntry("filename", null).containsEntry("done", true);
    }

    @Test
    void whatIsEmptyIsNotThereAndReadingMakesNothing() {
        mongo.database().createCollection("migrations");
        insert("changelog", new Document("_id", 1));

        assertThat(reader.find(null, Set.of("migrations", "changelog", "schema_migrations"), Set.of()))
                .extracting(Table::name)
                .containsExactly("changelog");
        assertThat(mongo.database().listCollectionNames().into(new ArrayList<>()))
                .containsExactlyInAnyOrder("changelog", "migrations");
    }

    @Test
    void whatTheUserMayNotReadIsSaid() {
        mongo.failOn(mongo.databaseName() + ".changelog", 1, MongoErrors.NOT_AUTHORIZED, "find");

        assertThatThrownBy(() -> reader.find(null, Set.of("changelog"), Set.of()))
                .isInstanceOf(HistoryUnusable.class)
                .hasMessageStartingWith("The collection changelog cannot be read: ");
    }

    @Test
    void noMoreDocumentsAreReadThanAreAskedFor() {
        insert("migrations", new Document("_id", 1), new Document("_id", 2), new Document("_id", 3));

        assertThat(reader.rows(reader.find(null, Set.of("migrations"), Set.of()).get(0), 2))
                .hasSize(2);
    }

    @Test
    void aServerThatGoesIsNoCollectionThatCannotBeRead() {
        // Once more than the client tries by itself.
        mongo.failOn(mongo.databaseName() + ".changelog", 2, HOST_UNREACHABLE, "find");

        assertThatThrownBy(() -> reader.find(null, Set.of("changelog"), Set.of()))
                .isInstanceOf(DatabaseUnavailable.class);
    }
}
