package io.mhras.migrations.testing.mongodb;

import de.bwaldvogel.mongo.bson.Document;
import io.mhras.migrations.testing.mongodb.protocol.Commands;
import io.mhras.migrations.testing.mongodb.protocol.Errors;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** The rules of time-series collections. */
final class TimeSeries {

    private static final Set<String> FIELDS =
            Set.of("timeField", "metaField", "granularity", "bucketMaxSpanSeconds", "bucketRoundingSeconds");

    private static final Set<String> BESIDE =
            Set.of("timeseries", "expireAfterSeconds", "collation", "storageEngine", "indexOptionDefaults", "temp");

    private static final Set<String> GRANULARITIES = Set.of("seconds", "minutes", "hours");

    private TimeSeries() {}

    static boolean is(Document options) {
        return options.containsKey("timeseries");
    }

    static void checkCreate(String namespace, Document options) {
        if (!is(options)) {
            if (options.containsKey("expireAfterSeconds") && !options.containsKey("clusteredIndex")) {
                throw Errors.invalidOptions(
                        "'expireAfterSeconds' is only supported on time-series collections or when the"
                                + " 'clusteredIndex' option is specified");
            }
            return;
        }
        for (String option : options.keySet()) {
            if (!BESIDE.contains(option)) {
                throw Errors.invalidOptions(namespace + ": 'timeseries' is not allowed with '" + option + "'");
            }
        }
        Document series = Commands.document(options, "timeseries");
        for (String field : series.keySet()) {
            if (!FIELDS.contains(field)) {
                throw Errors.unknownField("create.timeseries", field);
            }
        }
        if (!series.containsKey("timeField")) {
            throw Errors.location(40414, "BSON field 'create.timeseries.timeField' is missing but a required field");
        }
        String time = Commands.text(series, "timeField");
        String meta = Commands.text(series, "metaField");
        for (String field : List.of(time, meta)) {
            if (field.contains(".")) {
                throw Errors.invalidOptions(
                        namespace + ": '" + field + "' must be a top-level field and not contain a '.'");
            }
        }
        if (time.equals("_id")) {
            throw Errors.invalidOptions("'timeField' cannot be \"_id\"");
        }
        if (meta.equals("_id")) {
            throw Errors.invalidOptions("'metaField' cannot be \"_id\"");
        }
        if (meta.equals(time)) {
            throw Errors.invalidOptions("'metaField' cannot be the same as 'timeField'");
        }
        Object granularity = series.get("granularity");
        if (granularity != null && !GRANULARITIES.contains(granularity)) {
            throw Errors.badValue("Enumeration value '" + granularity
                    + "' for field 'create.timeseries.granularity' is not a valid value.");
        }
        if (series.containsKey("bucketMaxSpanSeconds") != series.containsKey("bucketRoundingSeconds")) {
            throw Errors.invalidOptions("Timeseries 'bucketMaxSpanSeconds' and 'bucketRoundingSeconds' need to be set"
                    + " alongside each other");
        }
    }

    /** Of a document that is to be put in. */
    static void checkInsert(Document options, Document document) {
        if (is(options)) {
            String time = Commands.text(Commands.document(options, "timeseries"), "timeField");
            if (!(document.get(time) instanceof Instant)) {
                throw Errors.badValue("'" + time + "' must be present and contain a valid BSON UTC datetime value");
            }
        }
    }

    static void checkUpdate(Document options, Document update) {
        if (!is(options)) {
            return;
        }
        if (!Commands.isTrue(update, "multi")) {
            throw Errors.invalidOptions("Cannot perform a non-multi update on a time-series collection");
        }
        if (Commands.isTrue(update, "upsert")) {
            throw Errors.invalidOptions("Cannot perform an upsert on a time-series collection");
        }
        String meta = Commands.text(Commands.document(options, "timeseries"), "metaField");
        if (meta.isEmpty()) {
            throw Errors.invalidOptions(
                    "Cannot perform an update on a time-series collection that does not have a metaField");
        }
        for (String field : Commands.document(update, "q").keySet()) {
            if (!isOf(meta, field) && !field.startsWith("$")) {
                throw Errors.invalidOptions(
                        "Cannot perform an update on a time-series collection when querying on a field"
                                + " that is not the metaField '" + meta + "'");
            }
        }
        Commands.document(update, "u").values().forEach(fields -> {
            if (fields instanceof Document changed && !changed.keySet().stream().allMatch(field -> isOf(meta, field))) {
                throw Errors.invalidOptions(
                        "Cannot perform an update on a time-series collection which updates a field that"
                                + " is not the metaField '" + meta + "'");
            }
        });
    }

    private static boolean isOf(String meta, String field) {
        return field.equals(meta) || field.startsWith(meta + ".");
    }
}
