package io.mhras.migrations.mongodb.shell;

import java.time.Instant;
import java.util.Base64;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonRegularExpression;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** Writes values as mongosh takes them, in one line, for people to read: what is long or deep is left out. */
public final class ValueText {

    /** Which values are shown. */
    enum Values {
        ALL,
        /** Not what can be user data: it is shown as a question mark. */
        NAMES
    }

    private static final int MOST_FIELDS = 12;
    private static final int MOST_ELEMENTS = 4;
    private static final int LONGEST_STRING = 60;

    /** Their values name fields and collections. */
    private static final Set<String> NAMING =
            Set.of("$out", "$merge", "$rename", "$unset", "into", "db", "coll", "from", "as", "$unionWith");

    private static final Set<String> SECRETS = Set.of("pwd", "password");

    private final StringBuilder text = new StringBuilder();
    private final int deepest;

    private ValueText(int deepest) {
        this.deepest = deepest;
    }

    /** The value of a field as extended JSON. */
    public static String json(@Nullable BsonValue value) {
        return value == null ? "null" : new BsonDocument("_id", value).toJson().replaceAll("^\\{\"_id\": |}$", "");
    }

    /** @param deepest how many levels of a document are shown */
    static String of(BsonValue value, Values values, int deepest) {
        ValueText written = new ValueText(deepest);
        written.write(value, values, 0);
        return written.text.toString();
    }

    private void write(BsonValue value, Values values, int level) {
        switch (value.getBsonType()) {
            case DOCUMENT -> document(value.asDocument(), values, level);
            case ARRAY -> array(value.asArray(), values, level);
            case BOOLEAN -> text.append(value.asBoolean().getValue());
            case NULL, UNDEFINED -> text.append("null");
            default -> text.append(values == Values.ALL ? scalar(value) : "?");
        }
    }

    private void document(BsonDocument document, Values values, int level) {
        if (document.isEmpty() || level >= deepest) {
            text.append(document.isEmpty() ? "{}" : "{ ... }");
            return;
        }
        String separator = "{ ";
        Iterator<Map.Entry<String, BsonValue>> fields = document.entrySet().iterator();
        for (int i = 0; i < MOST_FIELDS && fields.hasNext(); i++) {
            Map.Entry<String, BsonValue> field = fields.next();
            text.append(separator).append(key(field.getKey())).append(": ");
            if (SECRETS.contains(field.getKey().toLowerCase(Locale.ROOT))) {
                text.append("'***'");
            } else {
                write(field.getValue(), NAMING.contains(field.getKey()) ? Values.ALL : values, level + 1);
            }
            separator = ", ";
        }
        text.append(fields.hasNext() ? ", ... }" : " }");
    }

    private void array(BsonArray array, Values values, int level) {
        if (!array.isEmpty() && level >= deepest) {
            text.append("[ ... ]");
            return;
        }
        text.append('[');
        for (int i = 0; i < Math.min(array.size(), MOST_ELEMENTS); i++) {
            text.append(i == 0 ? "" : ", ");
            write(array.get(i), values, level + 1);
        }
        int more = array.size() - MOST_ELEMENTS;
        text.append(more > 0 ? String.format(Locale.ROOT, ", ... %,d more]", more) : "]");
    }

    private static String key(String name) {
        return name.matches("[A-Za-z_$][\\w$]*") ? name : quoted(name);
    }

    private static String scalar(BsonValue value) {
        return switch (value.getBsonType()) {
            case STRING -> quoted(value.asString().getValue());
            case INT32 -> Integer.toString(value.asInt32().getValue());
            case INT64 -> "Long('" + value.asInt64().getValue() + "')";
            case DOUBLE -> Double.toString(value.asDouble().getValue());
            case DECIMAL128 -> "Decimal128('" + value.asDecimal128().getValue() + "')";
            case OBJECT_ID -> "ObjectId('" + value.asObjectId().getValue() + "')";
            case DATE_TIME ->
                "ISODate('" + Instant.ofEpochMilli(value.asDateTime().getValue()) + "')";
            case BINARY ->
                "Binary.createFromBase64("
                        + quoted(Base64.getEncoder()
                                .encodeToString(value.asBinary().getData())) + ")";
            case REGULAR_EXPRESSION -> regularExpression(value.asRegularExpression());
            case MIN_KEY -> "MinKey()";
            case MAX_KEY -> "MaxKey()";
            case JAVASCRIPT -> "Code(" + quoted(value.asJavaScript().getCode()) + ")";
            case TIMESTAMP ->
                "Timestamp({ t: " + Integer.toUnsignedString(value.asTimestamp().getTime()) + ", i: "
                        + Integer.toUnsignedString(value.asTimestamp().getInc()) + " })";
            default -> value.getBsonType() + "(...)";
        };
    }

    private static String regularExpression(BsonRegularExpression expression) {
        return "/" + expression.getPattern() + "/" + expression.getOptions();
    }

    static String quoted(String text) {
        boolean fits = text.length() <= LONGEST_STRING;
        String shown = fits ? text : text.substring(0, LONGEST_STRING) + "...";
        return "'" + shown.replace("\\", "\\\\").replace("'", "\\'").replaceAll("\\R", "\\\\n") + "'";
    }
}
