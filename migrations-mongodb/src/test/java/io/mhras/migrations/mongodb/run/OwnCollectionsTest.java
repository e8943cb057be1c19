package io.mhras.migrations.mongodb.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.MigrationException.InvalidMigration;
import io.mhras.migrations.MigrationPreview;
import io.mhras.migrations.MigrationPrinter;
import io.mhras.migrations.Target;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.mongodb.MongoTest;
import io.mhras.migrations.testing.Files;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts neither see nor change what the migrations keep for themselves. */
class OwnCollectionsTest extends MongoTest {

    private static final String[] OWN = {"migration_history", "migration_history_lock", "migration_history_steps"};

    private List<String> collectionNames() {
        return mongo.database().listCollectionNames().into(new ArrayList<>());
    }

    private void seed() {
        mongo.database().getCollection("a").insertOne(new Document("_id", 1));
        mongo.database().getCollection("b").insertOne(new Document("_id", 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "db.getCollectionNames().forEach(name => db.getCollection(name).drop());",
                "db.getCollectionInfos().forEach(info => db[info.name].drop());",
                "db.getCollectionInfos({ type: 'collection' }).forEach(info => db[info.name].drop());",
                "db.getMongo().getDB(db.getName()).getCollectionNames().forEach(name => db[name].drop());",
                "db.runCommand({ listCollections: 1, nameOnly: true }).cursor.firstBatch"
                        + ".forEach(each => db.runCommand({ drop: each.name }));",
                "db.runCommand('listCollections').cursor.firstBatch.forEach(each => db[each.name].drop());",
                "db.getSiblingDB(db.getName()).getCollectionInfos({ name: { $regex: '.' } })"
                        + ".forEach(info => db[info.name].drop());",
                "db.dropDatabase();",
                "db.getSiblingDB(db.getName()).runCommand({ dropDatabase: 1 });"
            })
    void whatDropsAllDropsTheOthers(String script) {
        seed();
        Files files = new Files()
                .with("001_first.js", "db.c.insertOne({ _id: 1 });")
                .with("002_clear.js", script)
                .with("003_last.js", "db.d.insertOne({ _id: 1 });");

        migrator(files).migrate(Target.HEAD);

        assertThat(collectionNames()).containsExactlyInAnyOrder("d", OWN[0], OWN[1], OWN[2]);
        Migrator again = migrator(files);
        assertThat(again.plan(Target.HEAD).steps()).isEmpty();
        assertThat(events(again)).contains("APPLIED 001", "APPLIED 002", "APPLIED 003");
    }

    @Test
    void aDroppedDatabaseLosesItsViewsToo() {
        migrate("db.a.insertOne({});\ndb.createView('v', 'a', []);\n"
                + "const answer = db.runCommand({ dropDatabase: 1 });\n"
                + "assert.equal(answer.ok, 1);\nassert.equal(answer.dropped, db.getName());\n"
                + "assert.deepEqual(db.getCollectionNames().filter(name => name !== 'system.views'), []);\n");

        assertThat(collectionNames()).doesNotContain("a", "v").contains(OWN[0]);
    }

    @Test
    void theyAreNotCountedAndNotFoundByName() {
        migrate("db.a.insertMany([{}, {}]);\n"
                + "assert.deepEqual(db.getCollectionNames(), ['a']);\n"
                + "assert.deepEqual(db.getCollectionInfos({ name: 'migration_history' }), []);\n"
                + "assert.equal(db.getCollectionInfos({ name: 'a' }).length, 1);\n"
                + "assert.equal(db.stats().collections, 1);\n"
                + "assert.equal(db.stats().objects, 2);\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "db.migration_history.find().toArray();",
                "db.migration_history.drop();",
                "db.getCollection('migration_history').deleteMany({});",
                "db['migration_history_lock'].updateMany({}, { $unset: { owner: 1 } });",
                "db.getSiblingDB(db.getName()).migration_history_steps.insertOne({});",
                "db.getMongo().getDB(db.getName()).migration_history.bulkWrite([{ deleteMany: { filter: {} } }]);",
                "db.migration_history.countDocuments();",
                "db.migration_history.distinct('version');",
                "db.migration_history.renameCollection('old');",
                "db.a.renameCollection('migration_history', true);",
                "db.migration_history.createIndex({ version: 1 }, { unique: true });",
                "db.migration_history.validate();",
                "db.migration_history.stats();",
                "db.migration_history.findOneAndDelete({});",
                "db.migration_history.initializeOrderedBulkOp().find({}).delete().execute();",
                "db.a.aggregate([{ $out: 'migration_history' }]);",
                "db.a.aggregate([{ $out: { db: db.getName(), coll: 'migration_history' } }]);",
                "db.getSiblingDB('other').a.aggregate([{ $out: { db: db.getName(), coll: 'migration_history' } }]);",
                "db.a.aggregate([{ $merge: 'migration_history' }]);",
                "db.a.aggregate([{ $merge: { into: { db: db.getName(), coll: 'migration_history' } } }]);",
                "db.a.aggregate([{ $lookup: { from: 'migration_history', pipeline: [], as: 'all' } }]).toArray();",
                "db.a.aggregate([{ $facet: { x: [{ $unionWith: { coll: 'migration_history' } }] } }]).toArray();",
                "db.a.aggregate([{ $unionWith: 'migration_history' }]).toArray();",
                "db.createView('v', 'migration_history', []);",
                "db.createView('v', 'a', [{ $unionWith: 'migration_history' }]);",
                "db.createCollection('migration_history_steps');",
                "db.runCommand({ collMod: 'v', viewOn: 'migration_history', pipeline: [] });",
                "db.runCommand({ collMod: 'migration_history', validator: { no: 1 } });",
                "db.runCommand({ delete: 'migration_history', deletes: [{ q: {}, limit: 0 }] });",
                "db.a.runCommand({ drop: 'migration_history' });",
                "db.migration_history.runCommand('drop');",
                "db.runCommand({ explain: { find: 'migration_history' } });",
                "db.runCommand({ mapReduce: 'a', map: 'm', reduce: 'r', out: { replace: 'migration_history' } });",
                "db.runCommand({ cloneCollectionAsCapped: 'a', toCollection: 'migration_history', size: 1 });",
                "db.runCommand({ convertToCapped: 'migration_history', size: 1 });",
                "db.adminCommand({ renameCollection: db.getName() + '.migration_history', to: 'other.old' });",
                "db.adminCommand({ renameCollection: 'other.a', to: db.getName() + '.migration_history' });",
                "db.adminCommand({ bulkWrite: 1, ops: [{ delete: 0, filter: {} }], nsInfo: [{ ns: db.getName() +"
                        + " '.migration_history' }] });",
                "db.adminCommand({ applyOps: [{ op: 'd', ns: db.getName() + '.migration_history', o: { _id: 1 } }] });",
                "db.adminCommand({ applyOps: [{ op: 'c', ns: db.getName() + '.$cmd', o: { dropDatabase: 1 } }] });",
                "db.adminCommand({ shardCollection: db.getName() + '.migration_history', key: { _id: 1 } });"
            })
    void whatNamesOneOfThemIsNotSent(String statement) {
        seed();
        Files files = new Files().with("001_first.js", "db.c.insertOne({ _id: 1 });");
        migrator(files).migrate(Target.HEAD);

        Migrator second = migrator(
                files.with("002_second.js", "db.e.insertOne({});\ntry {\n  " + statement + "\n} catch (e) {}\n"));
        assertThat(failure(second))
                .isInstanceOf(InvalidMigration.class)
                .hasMessageContaining("002_second.js:3:")
                .hasMessageContaining(" was not sent: " + mongo.databaseName() + ".")
                .hasMessageContaining(" belongs to the migrations themselves.")
                .hasMessageContaining("Leave it out, as db.getCollectionNames() does.");

        assertThat(events(second)).contains("APPLIED 001", "FAILED 002");
        assertThat(count("a")).isEqualTo(1);
    }

    @Test
    void aTransactionAndACheckAreNoWayAround() {
        assertThat(failure("// migrate:transaction file\ndb.a.insertOne({});\ndb.migration_history.deleteMany({});\n"))
                .hasMessageContaining("001_script.js:3:")
                .hasMessageContaining("deleteMany was not sent");
        assertThat(failure(migrator(new Files()
                        .with("001_a.js", "db.a.insertOne({});")
                        .with("001_a.verify.js", "db.migration_history.countDocuments() === 1"))))
                .hasMessageContaining("001_a.verify.js:1:")
                .hasMessageContaining("countDocuments was not sent");
    }

    @Test
    void othersOfTheSameNameAndTheNameAsDataAreFree() {
        migrate("db.getSiblingDB(db.getName() + '_2').migration_history.insertOne({ _id: 1 });\n"
                + "db.getSiblingDB(db.getName() + '_2').dropDatabase();\n"
                + "db.a.insertOne({ from: 'migration_history', coll: 'migration_history' });\n"
                + "db.a.find({ from: 'migration_history' }).toArray();\n"
                + "db.a.aggregate([{ $match: { from: 'migration_history' } }]).toArray();\n"
                + "db.runCommand({ insert: 'a', documents: [{ name: 'migration_history' }] });\n"
                + "db.migration_history_of_ours.insertOne({});\n");

        assertThat(count("a")).isEqualTo(2);
        assertThat(count("migration_history_of_ours")).isEqualTo(1);
    }

    @Test
    void theDryRunShowsWhatIsKeptAndWhatIsRefused() {
        seed();
        migrate("db.c.insertOne({});");
        Files files = new Files().with("001_script.js", "db.c.insertOne({});");
        MigrationPreview preview = preview(files.with("002_drop.js", "db.dropDatabase();"));
        assertThat(MigrationPrinter.statements(preview))
                .contains("db.dropDatabase()")
                .contains("all of it but migration_history_steps, migration_history, migration_history_lock");

        preview = preview(files.with("002_drop.js", "db.a.drop();\ndb.migration_history.drop();"));
        assertThat(MigrationPrinter.statements(preview))
                .contains("Stops in line 2: ")
                .contains(
                        "drop was not sent: " + mongo.databaseName() + ".migration_history belongs to the migrations");
        assertThat(count("a")).isEqualTo(1);
    }

    private MigrationPreview preview(Files files) {
        Migrator migrator = migrator(files);
        return migrator.preview(migrator.plan(Target.HEAD));
    }
}
