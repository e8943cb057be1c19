package io.mhras.migrations.mongodb.shell;

import java.util.Base64;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonJavaScriptWithScope;
import org.bson.BsonRegularExpression;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;

/**
 * Writes values for a script: JSON, with what JSON lacks as <code>{"\u0000": [type, value]}</code>.
 *
 * <p>No field of BSON can have that name, so no document looks like a type. Extended JSON does not say as much: there
 * {@code {$regex: ...}} is a type and an operator.
 */
final class ShellText {

    private final StringBuilder text = new StringBuilder();

    private ShellText() {}

    static String of(BsonValue value) {
        return new ShellText().value(value).text.toString();
    }

    private ShellText value(BsonValue value) {
        switch (value.getBsonType()) {
            case DOCUMENT -> document(value.asDocument());
            case ARRAY -> array(value.asArray());
            case STRING -> quote(value.asString().getValue());
            case BOOLEAN -> text.append(value.asBoolean().getValue());
            case NULL, UNDEFINED -> text.append("null");
            case INT32 -> text.append(value.asInt32().getValue());
            case INT64 -> tagged("long", Long.toString(value.asInt64().getValue()));
            case DOUBLE -> number(value.asDouble().getValue());
            case DECIMAL128 -> tagged("decimal", value.asDecimal128().getValue().toString());
            case OBJECT_ID -> tagged("oid", value.asObjectId().getValue().toHexString());
            case DATE_TIME -> tagged("date", Long.toString(value.asDateTime().getValue()));
            case BINARY -> binary(value.asBinary());
            case TIMESTAMP -> timestamp(value.asTimestamp());
            case REGULAR_EXPRESSION -> regularExpression(value.asRegularExpression());
            case JAVASCRIPT -> tagged("code", value.asJavaScript().getCode());
            case JAVASCRIPT_WITH_SCOPE -> scoped(value.asJavaScriptWithScope());
            case SYMBOL -> tagged("symbol", value.asSymbol().getSymbol());
            case MIN_KEY -> tagged("min", "");
            case MAX_KEY -> tagged("max", "");
            default ->
                throw new IllegalArgumentException("a script cannot read a value of type " + value.getBsonType());
        }
        return this;
    }

    private void document(BsonDocument document) {
        char separator = '{';
        for (Map.Entry<String, BsonValue> field : document.entrySet()) {
            text.append(separator);
            quote(field.getKey()).text.append(':');
            value(field.getValue());
            separator = ',';
        }
        text.append(document.isEmpty() ? "{}" : "}");
    }

    private void array(BsonArray array) {
        char separator = '[';
        for (BsonValue each : array) {
            text.append(separator);
            value(each);
            separator = ',';
        }
        text.append(array.isEmpty() ? "[]" : "]");
    }

    /** What JavaScript's numbers are; but JSON has no infinity, and -0 would be read as an integer. */
    private void number(double value) {
        if (Double.isFinite(value) && !(value == 0 && 1 / value < 0)) {
            text.append(value);
        } else {
            tagged("double", Double.toString(value));
        }
    }

    private void binary(BsonBinary binary) {
        String base64 = Base64.getEncoder().encodeToString(binary.getData());
        open("binary")
                .text
                .append('[')
                .append(binary.getType() & 0xff)
                .append(",\"")
                .append(base64)
                .append("\"]");
        close();
    }

    private void timestamp(BsonTimestamp timestamp) {
        String seconds = Integer.toUnsignedString(timestamp.getTime());
        String increment = Integer.toUnsignedString(timestamp.getInc());
        open("timestamp")
                .text
                .append("[\"")
                .append(seconds)
                .append("\",\"")
                .append(increment)
                .append("\"]");
        close();
    }

    private void regularExpression(BsonRegularExpression expression) {
        open("regex").text.append('[');
        quote(expression.getPattern()).text.append(',');
        quote(expression.getOptions()).text.append(']');
        close();
    }

    private void scoped(BsonJavaScriptWithScope code) {
        open("scoped").text.append('[');
        quote(code.getCode()).text.append(',');
        document(code.getScope());
        text.append(']');
        close();
    }

    private void tagged(String type, String value) {
        open(type).quote(value).close();
    }

    private ShellText open(String type) {
        text.append("{\"\\u0000\":[\"").append(type).append("\",");
        return this;
    }

    private void close() {
        text.append("]}");
    }

    private ShellText quote(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"', '\\' -> text.append('\\').append(c);
                case '\n' -> text.append("\\n");
                default -> {
                    if (c < ' ') {
                        text.append(String.format("\\u%04x", (int) c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
        return this;
    }
}
