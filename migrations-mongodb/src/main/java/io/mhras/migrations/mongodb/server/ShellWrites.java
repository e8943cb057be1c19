package io.mhras.migrations.mongodb.server;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoClientException;
import com.mongodb.MongoWriteException;
import com.mongodb.WriteError;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.DeleteManyModel;
import com.mongodb.client.model.DeleteOneModel;
import com.mongodb.client.model.DeleteOptions;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.UpdateManyModel;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.WriteModel;
import io.mhras.migrations.mongodb.shell.Operation;
import io.mhras.migrations.mongodb.shell.ShellCall;
import io.mhras.migrations.mongodb.shell.ShellResults;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/** Inserts, updates and deletes in one collection, through the driver, which sends a write again when a connection broke. */
final class ShellWrites {

    /** Of the whole call; all others belong to the one write. */
    private static final Set<String> BULK_OPTIONS = Set.of("bypassDocumentValidation", "comment", "let", "ordered");

    private final MongoCollection<BsonDocument> collection;
    private final ClientSession session;

    ShellWrites(MongoCollection<BsonDocument> collection, ClientSession session) {
        this.collection = collection;
        this.session = session;
    }

    BsonValue insertOne(ShellCall call) {
        single(call);
        return ShellResults.inserted(call);
    }

    BsonValue insertMany(ShellCall call) {
        List<InsertOneModel<BsonDocument>> models =
                call.documents().stream().map(InsertOneModel::new).toList();
        write(call, models, call.arguments().getDocument("options"));
        return ShellResults.inserted(call);
    }

    BsonValue update(ShellCall call) {
        return ShellResults.update(single(call));
    }

    BsonValue delete(ShellCall call) {
        BulkWriteResult result = single(call);
        return ShellResults.acknowledged().append("deletedCount", ShellResults.number(result.getDeletedCount()));
    }

    BsonValue bulkWrite(ShellCall call) {
        List<WriteModel<BsonDocument>> models = new ArrayList<>();
        BsonDocument ids = new BsonDocument();
        for (BsonDocument each : ShellCall.documents(call.arguments().getArray("operations"))) {
            String name = each.getFirstKey();
            BsonDocument write = each.getDocument(name);
            if (Operation.of(name) == Operation.INSERT_ONE) {
                ids.append(
                        Integer.toString(models.size()),
                        write.getDocument("document").get("_id"));
            }
            models.add(model(name, write));
        }
        return ShellResults.bulk(write(call, models, call.arguments().getDocument("options")), ids);
    }

    /** One write; its error is that write's and not a bulk's. */
    private BulkWriteResult single(ShellCall call) {
        BsonDocument write = call.arguments().clone();
        BsonDocument options = call.arguments().getDocument("options");
        write.remove("options");
        BsonDocument ofBulk = new BsonDocument();
        options.forEach((name, value) -> (BULK_OPTIONS.contains(name) ? ofBulk : write).append(name, value));
        try {
            return write(call, List.of(model(call.name(), write)), ofBulk);
        } catch (MongoBulkWriteException e) {
            if (e.getWriteErrors().isEmpty()) {
                throw e;
            }
            BulkWriteError error = e.getWriteErrors().get(0);
            WriteError single = new WriteError(error.getCode(), error.getMessage(), error.getDetails());
            throw new MongoWriteException(single, e.getServerAddress(), e.getErrorLabels());
        }
    }

    private BulkWriteResult write(
            ShellCall call, List<? extends WriteModel<BsonDocument>> models, BsonDocument options) {
        BulkWriteOptions all = new BulkWriteOptions();
        new ShellOptions(options)
                .flag("ordered", all::ordered)
                .flag("bypassDocumentValidation", all::bypassDocumentValidation)
                .value("comment", all::comment)
                .document("let", all::let)
                .end(call.name());
        return collection.bulkWrite(session, models, all);
    }

    private static WriteModel<BsonDocument> model(String name, BsonDocument write) {
        return switch (Operation.of(name)) {
            case INSERT_ONE -> new InsertOneModel<>(write.getDocument("document"));
            case UPDATE_ONE -> {
                UpdateOptions options = updateOptions(name, write);
                BsonDocument filter = write.getDocument("filter");
                yield ShellOptions.update(
                        write,
                        update -> new UpdateOneModel<>(filter, update, options),
                        pipeline -> new UpdateOneModel<>(filter, pipeline, options));
            }
            case UPDATE_MANY -> {
                UpdateOptions options = updateOptions(name, write);
                BsonDocument filter = write.getDocument("filter");
                yield ShellOptions.update(
                        write,
                        update -> new UpdateManyModel<>(filter, update, options),
                        pipeline -> new UpdateManyModel<>(filter, pipeline, options));
            }
            case REPLACE_ONE ->
                new ReplaceOneModel<>(
                        write.getDocument("filter"), write.getDocument("replacement"), replaceOptions(name, write));
            case DELETE_ONE -> new DeleteOneModel<>(write.getDocument("filter"), deleteOptions(name, write));
            case DELETE_MANY -> new DeleteManyModel<>(write.getDocument("filter"), deleteOptions(name, write));
            default -> throw new MongoClientException("bulkWrite has no operation '" + name + "'");
        };
    }

    private static ShellOptions without(BsonDocument write, String... parts) {
        BsonDocument options = write.clone();
        List.of(parts).forEach(options::remove);
        return new ShellOptions(options);
    }

    private static UpdateOptions updateOptions(String name, BsonDocument write) {
        UpdateOptions options = new UpdateOptions();
        without(write, "filter", "update")
                .flag("upsert", options::upsert)
                .documents("arrayFilters", options::arrayFilters)
                .collation(options::collation)
                .hint(options::hint, options::hintString)
                .document("sort", options::sort)
                .end(name);
        return options;
    }

    private static ReplaceOptions replaceOptions(String name, BsonDocument write) {
        ReplaceOptions options = new ReplaceOptions();
        without(write, "filter", "replacement")
                .flag("upsert", options::upsert)
                .collation(options::collation)
                .hint(options::hint, options::hintString)
                .document("sort", options::sort)
                .end(name);
        return options;
    }

    private static DeleteOptions deleteOptions(String name, BsonDocument write) {
        DeleteOptions options = new DeleteOptions();
        without(write, "filter")
                .collation(options::collation)
                .hint(options::hint, options::hintString)
                .end(name);
        return options;
    }
}
