package io.mhras.migrations.mongodb.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;

/** What a script can do. */
class MongoShellTest extends ShellTest {

    @Test
    void aScriptWritesAndReads() {
        run("""
            db.createCollection('audits', { validator: { $jsonSchema: { required: ['name'] } } });
            db.audits.insertMany([{ _id: 1, name: 'a' }, { _id: 2, name: 'b' }]);
            db.audits.updateMany({}, { $set: { seen: true } });
            print(db.audits.find({}, { _id: 0 }).sort({ name: -1 }).toArray());
            """);
        assertThat(printed).containsExactly("[ { name: 'b', seen: true }, { name: 'a', seen: true } ]");
    }

    /** In an index the server refuses them (197). */
    @Test
    void anIndexsOptionsThatBelongToTheCommandGoThere() {
        run("db.a.createIndex({ n: 1 }, { unique: true, maxTimeMS: 60000, comment: 'why', writeConcern: { w: 1 } });");

        assertThat(calls)
                .singleElement()
                .satisfies(call -> assertThat(call.command())
                        .isEqualTo(BsonDocument.parse(
                                "{createIndexes: 'a', indexes: [{unique: true, name: 'n_1', key: {n: 1}}],"
                                        + " maxTimeMS: 60000, comment: 'why'}")));
        assertThat(collection("a").listIndexes()).hasSize(2);
    }

    @Test
    void whatIsRunningIsAskedForAsInMongosh() {
        run("db.currentOp(); db.currentOp({ $ownOps: true, $all: true, op: 'update' });");

        assertThat(calls)
                .extracting(call -> call.arguments().getArray("pipeline"))
                .containsExactly(
                        BsonArray.parse("[{$currentOp: {allUsers: true, idleConnections: false, truncateOps: false}},"
                                + " {$match: {}}]"),
                        BsonArray.parse("[{$currentOp: {allUsers: false, idleConnections: true, truncateOps: false}},"
                                + " {$match: {op: 'update'}}]"));
    }

    @Test
    void oneUserIsLookedUp() {
        run("db.createUser({ user: 'ann', pwd: 'x', roles: [] }); db.createUser({ user: 'bea', pwd: 'x', roles: [] });"
                + "print(db.getUser('bea').user); db.dropUser('ann'); db.dropUser('bea');");

        assertThat(printed).containsExactly("bea");
    }
}
