package io.mhras.migrations.mongodb.server;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.FindOneAndDeleteOptions;
import com.mongodb.client.model.FindOneAndReplaceOptions;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import io.mhras.migrations.mongodb.shell.ShellCall;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** {@code findOneAndUpdate} and its like, in one collection. */
final class ShellFindAndChange {

    private final MongoCollection<BsonDocument> collection;
    private final ClientSession session;

    ShellFindAndChange(MongoCollection<BsonDocument> collection, ClientSession session) {
        this.collection = collection;
        this.session = session;
    }

    BsonValue update(ShellCall call) {
        BsonDocument arguments = call.arguments();
        FindOneAndUpdateOptions options = new FindOneAndUpdateOptions();
        ReturnDocument returned = returned(arguments);
        new ShellOptions(others(arguments))
                .document("projection", options::projection)
                .document("sort", options::sort)
                .flag("upsert", options::upsert)
                .maxTime(options::maxTime)
                .flag("bypassDocumentValidation", options::bypassDocumentValidation)
                .collation(options::collation)
                .documents("arrayFilters", options::arrayFilters)
                .hint(options::hint, options::hintString)
                .value("comment", options::comment)
                .document("let", options::let)
                .end(call.name());
        options.returnDocument(returned);
        BsonDocument filter = arguments.getDocument("filter");
        return found(ShellOptions.update(
                arguments,
                update -> collection.findOneAndUpdate(session, filter, update, options),
                pipeline -> collection.findOneAndUpdate(session, filter, pipeline, options)));
    }

    BsonValue replace(ShellCall call) {
        BsonDocument arguments = call.arguments();
        FindOneAndReplaceOptions options = new FindOneAndReplaceOptions();
        ReturnDocument returned = returned(arguments);
        new ShellOptions(others(arguments))
                .document("projection", options::projection)
                .document("sort", options::sort)
                .flag("upsert", options::upsert)
                .maxTime(options::maxTime)
                .flag("bypassDocumentValidation", options::bypassDocumentValidation)
                .collation(options::collation)
                .hint(options::hint, options::hintString)
                .value("comment", options::comment)
                .document("let", options::let)
                .end(call.name());
        options.returnDocument(returned);
        return found(collection.findOneAndReplace(
                session, arguments.getDocument("filter"), arguments.getDocument("replacement"), options));
    }

    BsonValue delete(ShellCall call) {
        BsonDocument arguments = call.arguments();
        FindOneAndDeleteOptions options = new FindOneAndDeleteOptions();
        new ShellOptions(arguments.getDocument("options"))
                .document("projection", options::projection)
                .document("sort", options::sort)
                .maxTime(options::maxTime)
                .collation(options::collation)
                .hint(options::hint, options::hintString)
                .value("comment", options::comment)
                .document("let", options::let)
                .end(call.name());
        return found(collection.findOneAndDelete(session, arguments.getDocument("filter"), options));
    }

    /** mongosh knows three ways to ask for the document as it is afterwards. */
    private static ReturnDocument returned(BsonDocument arguments) {
        BsonDocument options = arguments.getDocument("options");
        boolean after = new BsonString("after").equals(options.get("returnDocument"))
                || options.getBoolean("returnNewDocument", BsonBoolean.FALSE).getValue()
                || !options.getBoolean("returnOriginal", BsonBoolean.TRUE).getValue();
        return after ? ReturnDocument.AFTER : ReturnDocument.BEFORE;
    }

    private static BsonDocument others(BsonDocument arguments) {
        BsonDocument options = arguments.getDocument("options").clone();
        options.remove("returnDocument");
        options.remove("returnNewDocument");
        options.remove("returnOriginal");
        return options;
    }

    private static BsonValue found(@Nullable BsonDocument document) {
        return document == null ? BsonNull.VALUE : document;
    }
}
