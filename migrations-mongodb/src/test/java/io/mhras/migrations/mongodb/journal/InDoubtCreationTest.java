package io.mhras.migrations.mongodb.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.model.CreateCollectionOptions;
import com.mongodb.client.model.TimeSeriesOptions;
import io.mhras.migrations.mongodb.MongoTest;
import io.mhras.migrations.mongodb.server.CollectionCatalog;
import io.mhras.migrations.mongodb.shell.ShellCall;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.junit.jupiter.api.Test;

/** A collection that was to be created when the process ended, and is there. */
class InDoubtCreationTest extends MongoTest {

    private InDoubtStatement doubtful() {
        CollectionCatalog catalog = new CollectionCatalog(mongo.client());
        return new InDoubtStatement(catalog, new BeforeImages(catalog));
    }

    private Verdict settle(String options) {
        BsonDocument command = new BsonDocument("create", new BsonString("a"));
        command.putAll(BsonDocument.parse(options));
        BsonDocument arguments =
                new BsonDocument("database", new BsonString(mongo.databaseName())).append("command", command);
        ShellCall call = new ShellCall("create", mongo.databaseName() + ".a", arguments, 1, 1);
        JournalEntry old = JournalEntry.of(1, call).with(BsonDocument.parse("{ existed: false }"));
        return doubtful().settle(old, call);
    }

    @Test
    void isTakenAsDoneIfItHasWhatItWasToHave() {
        mongo.database().createCollection("a");

        assertThat(settle("{ capped: false }")).isInstanceOf(Verdict.Done.class);
    }

    @Test
    void isAskedAboutIfItHasSomethingElse() {
        mongo.database()
                .createCollection(
                        "a",
                        new CreateCollectionOptions()
                                .timeSeriesOptions(new TimeSeriesOptions("at"))
                                .expireAfter(1, TimeUnit.HOURS));

        assertThat(settle("{ timeseries: { timeField: 'at' }, expireAfterSeconds: 60 }"))
                .isEqualTo(new Verdict.Ask(
                        "The collection is there, but its 'expireAfterSeconds' is 3600; it was to be 60."));
        assertThat(settle("{ timeseries: { timeField: 'at' }, expireAfterSeconds: 3600 }"))
                .isInstanceOf(Verdict.Done.class);
        assertThat(settle("{ timeseries: { timeField: 'at' } }"))
                .isEqualTo(new Verdict.Ask(
                        "The collection is there, but with a 'expireAfterSeconds' that it was not to get."));
    }

    @Test
    void whatWasMissingBeforeADropIsNobodysToDrop() {
        mongo.database().createCollection("a");
        BsonDocument arguments = new BsonDocument("database", new BsonString(mongo.databaseName()))
                .append("command", BsonDocument.parse("{ drop: 'a' }"));
        ShellCall call = new ShellCall("drop", mongo.databaseName() + ".a", arguments, 1, 1);
        JournalEntry old = JournalEntry.of(1, call);
        InDoubtStatement doubtful = doubtful();

        assertThat(doubtful.settle(old.with(BsonDocument.parse("{ existed: false }")), call))
                .isInstanceOf(Verdict.Done.class);
        assertThat(doubtful.settle(old.with(BsonDocument.parse("{ existed: true }")), call))
                .isInstanceOf(Verdict.Send.class);
    }
}
