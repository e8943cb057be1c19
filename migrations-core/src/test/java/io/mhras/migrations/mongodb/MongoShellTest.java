package io.mhras.migrations.mongodb;

import static org.assertj.core.api.Assertions.assertThat;

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
}
