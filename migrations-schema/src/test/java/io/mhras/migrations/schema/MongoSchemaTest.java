package io.mhras.migrations.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import io.mhras.migrations.DatabaseKind;
import io.mhras.migrations.testing.TestMongo;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What of a MongoDB database is part of its schema. */
class MongoSchemaTest {

    private final TestMongo mongo = TestMongo.newDatabase();

    @AfterEach
    void drop() {
        mongo.close();
    }

    private SchemaSnapshot snapshot() {
        return new MongoSchema(mongo.database(), "migration_history").snapshot(SchemaFilter.ALL);
    }

    private String text() {
        return new SchemaText(DatabaseKind.MONGODB, snapshot()).toString();
    }

    private void command(String json) {
        mongo.database().runCommand(Document.parse(json));
    }

    @Test
    void collectionsViewsAndIndexesAreReadWithTheirOptions() {
        command("""
                {create: "patients", validator: {$jsonSchema: {required: ["name"], properties: {age: {bsonType: "int"}}}},
                 validationLevel: "moderate"}""");
        command("{create: 'log', capped: true, size: 4096, max: {$numberLong: '10'}}");
        command("{create: 'adults', viewOn: 'patients', pipeline: [{$match: {age: {$gte: 18}}}]}");
        mongo.database()
                .getCollection("patients")
                .createIndex(Indexes.ascending("name", "age"), new IndexOptions().unique(true));
        mongo.database()
                .getCollection("visits")
                .createIndex(
                        Indexes.descending("at"),
                        new IndexOptions()
                                .name("recent")
                                .partialFilterExpression(Document.parse("{open: true}"))
                                .sparse(false));

        assertThat(text()).isEqualTo("""
                # MongoDB

                collection log
                  capped
                  max 10
                  size 4096

                collection patients
                  validationLevel moderate
                  validator {"$jsonSchema": {"required": ["name"], "properties": {"age": {"bsonType": "int"}}}}
                  index name_1_age_1 {"name": 1, "age": 1}, unique

                collection visits
                  index recent {"at": -1}, partialFilterExpression {"open": true}

                view adults
                  pipeline [{"$match": {"age": {"$gte": 18}}}]
                  viewOn patients
                """);
    }

    @Test
    void whatIsAsUsualIsNotSaid() {
        command("{create: 'a', validationAction: 'error', validationLevel: 'strict', validator: {}}");
        command("{create: 'b'}");

        assertThat(snapshot().facts())
                .allSatisfy(fact -> assertThat(fact.attributes()).isEmpty());
    }

    @Test
    void historiesAreLeftOutAndThoseOfOtherToolsAreNamed() {
        command("{create: 'migration_history'}");
        command("{create: 'migration_history_lock'}");
        command("{create: 'migration_history_steps'}");
        mongo.database()
                .getCollection("events")
                .insertOne(Document.parse(
                        "{event: 'APPLIED', version: '1', checksum: '', execution_ms: 1, fingerprint: ''}"));
        command("{create: 'events_lock'}");
        mongo.database()
                .getCollection("changelog")
                .insertOne(Document.parse("{fileName: '1-a.js', appliedAt: {$date: 0}, fileHash: ''}"));
        command("{create: 'ours'}");

        SchemaSnapshot snapshot = snapshot();
        assertThat(snapshot.facts()).extracting(fact -> fact.id().toString()).containsExactly("collection ours");
        assertThat(snapshot.leftOut()).singleElement().asString().startsWith("collection changelog, of migrate-mongo");
    }

    @Test
    void aChangedValidatorAndALostIndexDiffer() {
        command("{create: 'a'}");
        mongo.database().getCollection("a").createIndex(Indexes.ascending("x"));
        SchemaSnapshot before = snapshot();
        mongo.database().getCollection("a").dropIndex("x_1");
        command("{collMod: 'a', validator: {x: {$gt: 1}}}");

        List<SchemaDifference> differences = before.differencesTo(snapshot());
        assertThat(differences)
                .extracting(difference -> difference.getClass().getSimpleName() + " " + difference.id())
                .containsExactly("Changed collection a", "Removed index a.x_1");
        assertThat(before.differencesTo(before)).isEmpty();
    }
}
