package io.mhras.migrations.mongodb.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.mhras.migrations.DatabaseHealth;
import io.mhras.migrations.DatabaseHealth.Finding;
import io.mhras.migrations.DatabaseHealth.Kind;
import io.mhras.migrations.mongodb.MongoDriver;
import io.mhras.migrations.mongodb.MongoSettings;
import io.mhras.migrations.mongodb.MongoTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;

/** What is reported of the health of a database. */
class MongoHealthTest extends MongoTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private DatabaseHealth health() {
        return new MongoDriver(mongo.client(), mongo.databaseName(), MongoSettings.DEFAULT)
                .health()
                .orElseThrow();
    }

    private static CollectionHealth collection(String name, String options, String sizes, String... uses) {
        return new CollectionHealth(
                name,
                BsonDocument.parse(options),
                BsonDocument.parse(sizes),
                List.of(uses).stream().map(BsonDocument::parse).toList(),
                NOW);
    }

    private static String use(String index, int times, Duration age, String spec) {
        return "{ name: '" + index + "', spec: " + spec + ", accesses: { ops: " + times + ", since: { $date: '"
                + NOW.minus(age) + "' } } }";
    }

    @Test
    void itHasTheCollectionsButNotTheHistorys() {
        migrate("db.patients.insertMany([{ name: 'Ann' }, { name: 'Bea' }]); db.patients.createIndex({ name: 1 });"
                + "db.createView('names', 'patients', []);");

        DatabaseHealth health = health();

        assertThat(health.name()).isEqualTo(mongo.databaseName());
        assertThat(health.server()).startsWith("MongoDB ");
        assertThat(health.tables()).singleElement().satisfies(table -> {
            assertThat(table.name()).isEqualTo("patients");
            assertThat(table.rows()).isEqualTo(2);
        });
    }

    @Test
    void whatWasNotReadOfACollectionIsLeftOut() {
        CollectionHealth unread = collection("patients", "{ capped: true, size: 1000 }", "{ }");

        assertThat(unread.table().bytes()).isZero();
        assertThat(unread.indexes()).isEmpty();
        assertThat(unread.countedSince()).isNull();
        assertThat(unread.fullness()).isEmpty();
        assertThat(unread.unusedIndexes()).isEmpty();
    }

    @Test
    void aCollectionThatTakesAnythingBesideOthersThatDoNotIsMentioned() {
        migrate("db.createCollection('checked', { validator: { $jsonSchema: { required: ['a'] } } });"
                + "db.createCollection('free'); db.createCollection('capped', { capped: true, size: 4096 });");

        assertThat(health().findings())
                .extracting(Finding::kind, Finding::object)
                .containsExactly(tuple(Kind.COLLECTION_WITHOUT_VALIDATOR, "free"));
    }

    @Test
    void aCappedCollectionThatLosesDocumentsIsMentioned() {
        assertThat(collection("logs", "{ capped: true, size: 1000 }", "{ size: 950, count: 3 }")
                        .fullness())
                .get()
                .extracting(Finding::detail)
                .isEqualTo("It is capped, and 95 % full: new documents push out the oldest.");
        assertThat(collection("logs", "{ capped: true, size: 1000, max: 10 }", "{ size: 10, count: 9 }")
                        .fullness())
                .isPresent();
        assertThat(collection("logs", "{ capped: true, size: 1000, max: 10 }", "{ size: 10, count: 8 }")
                        .fullness())
                .isEmpty();
        assertThat(collection("logs", "{ }", "{ size: 10, count: 8 }").fullness())
                .isEmpty();
    }

    @Test
    void anIndexIsUsedIfOneOfTheShardsUsesIt() {
        Duration longAgo = Duration.ofDays(8);
        CollectionHealth sharded = collection(
                "patients",
                "{ }",
                "{ }",
                use("name_1", 0, longAgo, "{ }"),
                use("name_1", 7, longAgo, "{ }"),
                use("town_1", 0, longAgo, "{ }"),
                use("town_1", 0, longAgo, "{ }"));

        assertThat(sharded.unusedIndexes())
                .singleElement()
                .satisfies(finding -> assertThat(finding.object()).isEqualTo("town_1 on patients"));
    }

    @Test
    void anIndexThatNoQueryUsesIsMentionedIfThatWasCountedLongEnough() {
        Duration longAgo = Duration.ofDays(8);
        CollectionHealth patients = collection(
                "patients",
                "{ }",
                "{ count: 2, storageSize: 4096, totalIndexSize: 8192, indexSizes: { _id_: 4096, name_1: { $numberLong:"
                        + " '4096' } } }",
                use("_id_", 0, longAgo, "{ }"),
                use("name_1", 0, longAgo, "{ }"),
                use("code_1", 0, longAgo, "{ unique: true }"),
                use("seen_1", 0, longAgo, "{ expireAfterSeconds: 60 }"),
                use("used_1", 3, longAgo, "{ }"),
                use("new_1", 0, Duration.ofDays(1), "{ }"));

        assertThat(patients.unusedIndexes()).singleElement().satisfies(finding -> {
            assertThat(finding.object()).isEqualTo("name_1 on patients");
            assertThat(finding.remedy()).contains("hideIndex(\"name_1\")");
        });
        assertThat(patients.indexes())
                .extracting(DatabaseHealth.Index::name, DatabaseHealth.Index::bytes)
                .contains(tuple("_id_", 4096L), tuple("name_1", 4096L), tuple("used_1", 0L));
        assertThat(patients.countedSince()).isEqualTo(NOW.minus(longAgo));
    }
}
