package io.mhras.migrations.mongodb;

/** Each statement by itself: what a script that fails has done stays, and it goes on after that. */
class JournaledDriverContractTest extends MongoDriverContractTest {

    @Override
    public String create(String name) {
        return "db.createCollection('" + name + "');\n";
    }

    @Override
    public String failing(String name) {
        return "db.runCommand({ count: 'one', query: 1 }); throw new Error('too late');\n" + create(name);
    }
}
