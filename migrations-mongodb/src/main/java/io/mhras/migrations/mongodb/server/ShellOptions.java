package io.mhras.migrations.mongodb.server;

import com.mongodb.MongoClientException;
import com.mongodb.client.model.Collation;
import io.mhras.migrations.mongodb.shell.ShellCall;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.conversions.Bson;

/** The options of one operation; each is taken by its name, and none is silently ignored. */
final class ShellOptions {

    /** What the runner decides, and not the script. */
    private static final Set<String> DECIDED =
            Set.of("writeConcern", "readConcern", "w", "j", "wtimeout", "retryWrites");

    private final BsonDocument options;

    ShellOptions(BsonDocument options) {
        this.options = options.clone();
        DECIDED.forEach(this.options::remove);
    }

    private <T> ShellOptions take(String name, Function<BsonValue, T> reader, Consumer<T> target) {
        BsonValue value = options.remove(name);
        if (value != null && !value.isNull()) {
            target.accept(reader.apply(value));
        }
        return this;
    }

    ShellOptions flag(String name, Consumer<Boolean> target) {
        return take(name, ShellOptions::isTrue, target);
    }

    ShellOptions number(String name, Consumer<Integer> target) {
        return take(name, value -> value.asNumber().intValue(), target);
    }

    ShellOptions text(String name, Consumer<String> target) {
        return take(name, value -> value.asString().getValue(), target);
    }

    ShellOptions document(String name, Consumer<Bson> target) {
        return take(name, BsonValue::asDocument, target);
    }

    ShellOptions documents(String name, Consumer<List<BsonDocument>> target) {
        return take(name, ShellCall::documents, target);
    }

    ShellOptions value(String name, Consumer<BsonValue> target) {
        return take(name, Function.identity(), target);
    }

    ShellOptions hint(Consumer<Bson> byKeys, Consumer<String> byName) {
        return take("hint", Function.identity(), hint -> {
            if (hint instanceof BsonString name) {
                byName.accept(name.getValue());
            } else {
                byKeys.accept(hint.asDocument());
            }
        });
    }

    ShellOptions maxTime(TimeSetter target) {
        return take(
                "maxTimeMS",
                value -> value.asNumber().longValue(),
                millis -> target.set(millis, TimeUnit.MILLISECONDS));
    }

    ShellOptions collation(Consumer<Collation> target) {
        return take("collation", value -> ShellCollation.of(value.asDocument()), target);
    }

    /** How drivers take a duration. */
    interface TimeSetter {
        Object set(long amount, TimeUnit unit);
    }

    void end(String operation) {
        if (!options.isEmpty()) {
            throw new MongoClientException(operation + " has no option '" + options.getFirstKey() + "'");
        }
    }

    private static boolean isTrue(BsonValue value) {
        return value.isBoolean()
                ? value.asBoolean().getValue()
                : value.asNumber().doubleValue() != 0;
    }

    /** An update is a document with operators, or a pipeline. */
    static <T> T update(BsonDocument write, Function<Bson, T> byOperators, Function<List<BsonDocument>, T> byPipeline) {
        return write.get("update") instanceof BsonArray pipeline
                ? byPipeline.apply(ShellCall.documents(pipeline))
                : byOperators.apply(write.getDocument("update"));
    }
}
