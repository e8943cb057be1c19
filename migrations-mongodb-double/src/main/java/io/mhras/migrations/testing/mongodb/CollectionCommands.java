package io.mhras.migrations.testing.mongodb;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.DefaultQueryMatcher;
import de.bwaldvogel.mongo.bson.Document;
import io.mhras.migrations.testing.mongodb.bson.Collation;
import io.mhras.migrations.testing.mongodb.protocol.Commands;
import io.mhras.migrations.testing.mongodb.protocol.Errors;
import io.mhras.migrations.testing.mongodb.validation.FilterRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Creates, changes, lists, renames and drops collections, views and databases. */
final class CollectionCommands {

    private static final Set<String> CREATE_OPTIONS = Set.of(
            "capped",
            "size",
            "max",
            "validator",
            "validationLevel",
            "validationAction",
            "collation",
            "viewOn",
            "pipeline",
            "timeseries",
            "expireAfterSeconds",
            "clusteredIndex",
            "changeStreamPreAndPostImages",
            "storageEngine",
            "indexOptionDefaults",
            "encryptedFields",
            "autoIndexId",
            "temp");

    private static final List<String> VALIDATION = List.of("validator", "validationLevel", "validationAction");

    private static final Set<String> LEVELS = Set.of("off", "strict", "moderate");
    private static final Set<String> ACTIONS = Set.of("error", "warn");

    private final DoubleBackend backend;
    private final Catalog catalog;
    private final IndexChanges indexes;

    CollectionCommands(DoubleBackend backend, Catalog catalog) {
        this.backend = backend;
        this.catalog = catalog;
        this.indexes = new IndexChanges(backend, catalog);
    }

    Document create(Call call) {
        Document options = call.options();
        CollectionNames.checkNew(call.database(), call.collection());
        check(call.namespace(), options);
        boolean exists = catalog.collection(call.database(), call.collection()) != null;
        if (exists && same(options, catalog.options(call.namespace()))) {
            return Commands.ok();
        }
        if (exists || catalog.view(call.namespace()) != null) {
            throw Errors.namespaceExists(call.namespace());
        }
        if (options.containsKey("viewOn")) {
            options.putIfAbsent("pipeline", new ArrayList<>());
            new Views(catalog).check(call.database(), call.collection(), options);
            catalog.setView(call.namespace(), options);
            return Commands.ok();
        }
        Document answer = call.plain("create", new Document("create", call.collection()));
        if (options.containsKey("validator")) {
            options.putIfAbsent("validationLevel", "strict");
            options.putIfAbsent("validationAction", "error");
        }
        catalog.setOptions(call.namespace(), options);
        return answer;
    }

    private static void check(String namespace, Document options) {
        for (String option : options.keySet()) {
            if (!CREATE_OPTIONS.contains(option)) {
                throw Errors.unknownField("create", option);
            }
        }
        if (Commands.isTrue(options, "capped") && !options.containsKey("size")) {
            throw Errors.invalidOptions("the 'size' field is required when 'capped' is true");
        }
        if (!Commands.isTrue(options, "capped") && (options.containsKey("size") || options.containsKey("max"))) {
            throw Errors.invalidOptions(
                    "the 'capped' field needs to be true when either the 'size' or 'max' fields are" + " present");
        }
        TimeSeries.checkCreate(namespace, options);
        if (options.containsKey("collation")) {
            Collation.check(Commands.document(options, "collation"));
        }
        if (options.containsKey("pipeline") && !options.containsKey("viewOn")) {
            throw Errors.badValue("'pipeline' cannot be specified without 'viewOn'");
        }
        checkValidation("create", namespace, options);
    }

    private static void checkValidation(String command, String namespace, Document options) {
        Map.of("validationLevel", LEVELS, "validationAction", ACTIONS).forEach((option, values) -> {
            if (options.containsKey(option) && !values.contains(String.valueOf(options.get(option)))) {
                throw Errors.badValue("Enumeration value '" + options.get(option) + "' for field '" + command + "."
                        + option + "' is not a valid value.");
            }
        });
        String database = database(namespace);
        if (options.containsKey("validator")
                && Set.of("admin", "local", "config").contains(database)) {
            throw Errors.invalidOptions("Document validators are not allowed on collection " + namespace + " in the "
                    + database + " database");
        }
        FilterRules.checkValidator(Commands.document(options, "validator"));
    }

    /** Since 7.0 to create a collection again, with the same options, does nothing. */
    private static boolean same(Document asked, Document existing) {
        Document comparable = existing.clone();
        VALIDATION.stream().filter(option -> !asked.containsKey(option)).forEach(comparable::remove);
        return asked.equals(comparable);
    }

    Document modify(Call call) {
        Document view = catalog.view(call.namespace());
        if (view != null) {
            Document changed = view.clone();
            changed.putAll(call.options());
            new Views(catalog).check(call.database(), call.collection(), changed);
            view.putAll(call.options());
            return Commands.ok();
        }
        if (catalog.collection(call.database(), call.collection()) == null) {
            throw Errors.namespaceNotFound("ns does not exist");
        }
        Document options = catalog.options(call.namespace()).clone();
        if (TimeSeries.is(options) && call.options().keySet().stream().anyMatch(VALIDATION::contains)) {
            throw Errors.invalidOptions("option not supported on a time-series collection: validator");
        }
        checkValidation("collMod", call.namespace(), call.options());
        Document answer = Commands.ok();
        call.options().forEach((option, value) -> {
            switch (option) {
                case "validator", "validationLevel", "validationAction" -> options.put(option, value);
                case "cappedSize" -> options.put("size", value);
                case "cappedMax" -> options.put("max", value);
                case "changeStreamPreAndPostImages", "expireAfterSeconds" -> options.put(option, value);
                case "index" -> answer.putAll(indexes.modify(call, Commands.object(value)));
                default -> throw Errors.unknownField("collMod", option);
            }
        });
        if (options.containsKey("validator")) {
            options.putIfAbsent("validationLevel", "strict");
            options.putIfAbsent("validationAction", "error");
        }
        if (Commands.document(options, "validator").isEmpty()) {
            options.remove("validator");
        }
        catalog.setOptions(call.namespace(), options);
        return answer;
    }

    Document list(Call call) {
        List<Document> found = new ArrayList<>();
        Document plain = call.plain("listCollections", new Document("listCollections", 1));
        for (Document collection : Commands.documents(Commands.document(plain, "cursor"), "firstBatch")) {
            Document options = catalog.options(call.database() + "." + collection.get("name"));
            collection.put("options", options);
            MongoCollection<?> there =
                    Objects.requireNonNull(catalog.collection(call.database(), Commands.text(collection, "name")));
            collection.put("info", new Document("readOnly", false).append("uuid", there.getUuid()));
            collection.put("type", options.containsKey("timeseries") ? "timeseries" : "collection");
            found.add(collection);
        }
        catalog.views(call.database())
                .forEach((name, view) -> found.add(new Document("name", name)
                        .append("type", "view")
                        .append("options", view)
                        .append("info", new Document("readOnly", true))));
        if (found.stream().anyMatch(each -> "view".equals(each.get("type")))) {
            found.add(new Document("name", "system.views")
                    .append("type", "collection")
                    .append("options", new Document())
                    .append("info", new Document("readOnly", false)));
        }
        // The server has an order of its own, another one in each database.
        found.sort(Comparator.comparing(each -> (call.database() + each.get("name")).hashCode() * 0x9E3779B9));
        Document filter = Commands.document(call.query(), "filter");
        found.removeIf(each -> !new DefaultQueryMatcher().matches(each, filter));
        return Commands.cursor(call.database() + ".$cmd.listCollections", found);
    }

    Document listDatabases() {
        List<Document> databases = new ArrayList<>();
        for (String database : backend.databaseNames().stream().sorted().toList()) {
            if (catalog.collection(database, "system.namespaces") != null
                    && !catalog.find(database, "system.namespaces", new Document())
                            .isEmpty()) {
                databases.add(new Document("name", database)
                        .append("sizeOnDisk", 8192L)
                        .append("empty", false));
            }
        }
        return new Document("databases", databases)
                .append("totalSize", 8192L * databases.size())
                .append("ok", 1.0);
    }

    Document drop(Call call) {
        if (catalog.dropView(call.namespace())) {
            return Commands.ok();
        }
        if (catalog.collection(call.database(), call.collection()) == null) {
            return Commands.ok().append("nIndexesWas", 0);
        }
        Document answer = call.plain();
        catalog.forget(call.namespace());
        return answer;
    }

    Document dropDatabase(Call call) {
        catalog.forgetDatabase(call.database());
        return call.plain().append("dropped", call.database());
    }

    Document rename(Call call) {
        String from = Commands.text(call.query(), call.name());
        String to = Commands.text(call.query(), "to");
        CollectionNames.checkNew(database(to), name(to));
        if (from.equals(to)) {
            throw Errors.illegalOperation("Can't rename a collection to itself");
        }
        if (catalog.collection(database(from), name(from)) == null) {
            throw Errors.namespaceNotFound("Source collection " + from + " does not exist");
        }
        if (catalog.collection(database(to), name(to)) != null && !Commands.isTrue(call.query(), "dropTarget")) {
            throw Errors.namespaceExists(to);
        }
        Document answer = call.plain();
        catalog.rename(from, to);
        return answer;
    }

    private static String database(String namespace) {
        return namespace.substring(0, namespace.indexOf('.'));
    }

    private static String name(String namespace) {
        return namespace.substring(namespace.indexOf('.') + 1);
    }

    Document convertToCapped(Call call) {
        if (catalog.collection(call.database(), call.collection()) == null) {
            throw Errors.namespaceNotFound("source collection " + call.namespace() + " does not exist");
        }
        Document options = catalog.options(call.namespace()).clone();
        options.append("capped", true).append("size", call.query().get("size"));
        catalog.setOptions(call.namespace(), options);
        return Commands.ok();
    }
}
