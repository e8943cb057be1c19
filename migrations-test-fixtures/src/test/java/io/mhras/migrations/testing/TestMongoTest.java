package io.mhras.migrations.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.mhras.migrations.testing.mongodb.MongoDouble;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That the tests can run against another server; this one is in another process than the test is. */
class TestMongoTest {

    /** A test, as far as the server is concerned. */
    public static final class Main {

        private Main() {}

        public static void main(String[] arguments) {
            try (TestMongo mongo = TestMongo.newDatabase()) {
                mongo.database().getCollection("a").insertOne(new Document());
                mongo.client()
                        .getDatabase(mongo.databaseName() + "_other")
                        .getCollection("b")
                        .insertOne(new Document());
                mongo.client().getDatabase("seen").getCollection("c").insertOne(new Document("_id", mongo.url()));
            }
        }
    }

    @Test
    void aGivenServerIsUsedAndNothingIsLeftOnIt() throws Exception {
        try (MongoDouble server = MongoDouble.replicaSet();
                MongoClient client = MongoClients.create(server.url())) {
            client.getDatabase("theirs").getCollection("kept").insertOne(new Document());

            Process test = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Dtest.mongodb.url=" + server.url(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Main.class.getName())
                    .redirectErrorStream(true)
                    .start();

            String output = new String(test.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(test.waitFor()).as(output).isZero();
            assertThat(client.getDatabase("seen").getCollection("c").find().first())
                    .containsEntry("_id", server.url());
            assertThat(client.listDatabaseNames()).containsExactlyInAnyOrder("theirs", "seen");
        }
    }

    @Test
    void eachTestHasADatabaseOfItsOwn() {
        try (TestMongo one = TestMongo.newDatabase();
                TestMongo other = TestMongo.newDatabase()) {
            assertThat(other.databaseName())
                    .isNotEqualTo(one.databaseName())
                    .doesNotStartWith(one.databaseName() + "_");
            assertThat(other.databaseUrl()).contains("/" + other.databaseName() + "?");
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            mongodb://h,                              mongodb://h/?directConnection=true
            mongodb://h:1/,                           mongodb://h:1/?directConnection=true
            mongodb://h:1/?w=1,                       mongodb://h:1/?w=1&directConnection=true
            mongodb://h/?replicaSet=rs0,              mongodb://h/?replicaSet=rs0
            'mongodb://h,i/',                         'mongodb://h,i/?retryWrites=true'
            mongodb://jo:x@h/,                        mongodb://jo:x@h/?directConnection=true&authSource=admin
            mongodb://jo:x@h/shop?replicaSet=rs0,     mongodb://jo:x@h/?replicaSet=rs0&authSource=shop
            mongodb://jo:x@h/?authSource=a&replicaSet=r, mongodb://jo:x@h/?authSource=a&replicaSet=r
            """)
    void whateverIsGivenADatabaseAndOptionsCanBeAdded(String given, String url) {
        assertThat(MongoServers.withOptions(given)).isEqualTo(url);
    }
}
