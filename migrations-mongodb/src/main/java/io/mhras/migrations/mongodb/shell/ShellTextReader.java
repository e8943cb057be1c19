package io.mhras.migrations.mongodb.shell;

import java.util.Base64;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonJavaScript;
import org.bson.BsonJavaScriptWithScope;
import org.bson.BsonMaxKey;
import org.bson.BsonMinKey;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.BsonRegularExpression;
import org.bson.BsonString;
import org.bson.BsonSymbol;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;

/** Reads what a script sends; see {@link ShellText}. */
final class ShellTextReader {

    private static final String TAG = "\0";

    private final String text;
    private int at;

    private ShellTextReader(String text) {
        this.text = text;
    }

    static BsonValue read(String text) {
        ShellTextReader reader = new ShellTextReader(text);
        BsonValue value = reader.value();
        if (reader.at != text.length()) {
            throw reader.unexpected();
        }
        return value;
    }

    private BsonValue value() {
        return switch (peek()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> new BsonString(string());
            case 't' -> word("true", BsonBoolean.TRUE);
            case 'f' -> word("false", BsonBoolean.FALSE);
            case 'n' -> word("null", BsonNull.VALUE);
            default -> number();
        };
    }

    private BsonValue object() {
        BsonDocument document = new BsonDocument();
        at++;
        while (peek() != '}') {
            String name = string();
            expect(':');
            BsonValue value = value();
            if (name.equals(TAG)) {
                expect('}');
                return typed(
                        value.asArray().get(0).asString().getValue(),
                        value.asArray().get(1));
            }
            document.put(name, value);
            if (peek() != '}') {
                expect(',');
            }
        }
        at++;
        return document;
    }

    private BsonArray array() {
        BsonArray array = new BsonArray();
        at++;
        while (peek() != ']') {
            array.add(value());
            if (peek() != ']') {
                expect(',');
            }
        }
        at++;
        return array;
    }

    private BsonValue word(String word, BsonValue value) {
        if (!text.startsWith(word, at)) {
            throw unexpected();
        }
        at += word.length();
        return value;
    }

    private BsonInt32 number() {
        int begin = at;
        while (at < text.length() && "+-0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return new BsonInt32(Integer.parseInt(text, begin, at, 10));
    }

    private String string() {
        expect('"');
        int begin = at;
        while (peek() != '"' && peek() != '\\') {
            at++;
        }
        StringBuilder value = new StringBuilder().append(text, begin, at);
        while (peek() != '"') {
            value.append(peek() == '\\' ? escaped() : text.charAt(at++));
        }
        at++;
        return value.toString();
    }

    private char escaped() {
        char c = text.charAt(at + 1);
        at += 2;
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> {
                at += 4;
                yield (char) Integer.parseInt(text, at - 4, at, 16);
            }
            default -> c;
        };
    }

    private static BsonValue typed(String type, BsonValue value) {
        return switch (type) {
            case "oid" -> new BsonObjectId(new ObjectId(string(value)));
            case "long" -> new BsonInt64(Long.parseLong(string(value)));
            case "double" -> new BsonDouble(Double.parseDouble(string(value)));
            case "decimal" -> new BsonDecimal128(Decimal128.parse(string(value)));
            case "date" -> new BsonDateTime(Long.parseLong(string(value)));
            case "binary" -> {
                byte[] bytes = Base64.getDecoder().decode(string(value, 1));
                yield new BsonBinary((byte) value.asArray().get(0).asInt32().getValue(), bytes);
            }
            case "timestamp" ->
                new BsonTimestamp(
                        Integer.parseUnsignedInt(string(value, 0)), Integer.parseUnsignedInt(string(value, 1)));
            case "regex" -> new BsonRegularExpression(string(value, 0), string(value, 1));
            case "min" -> new BsonMinKey();
            case "max" -> new BsonMaxKey();
            case "code" -> new BsonJavaScript(string(value));
            case "scoped" ->
                new BsonJavaScriptWithScope(
                        string(value, 0), value.asArray().get(1).asDocument());
            case "symbol" -> new BsonSymbol(string(value));
            default -> throw new IllegalArgumentException("no such type: " + type);
        };
    }

    private static String string(BsonValue value) {
        return value.asString().getValue();
    }

    private static String string(BsonValue list, int index) {
        return string(list.asArray().get(index));
    }

    private char peek() {
        if (at >= text.length()) {
            throw unexpected();
        }
        return text.charAt(at);
    }

    private void expect(char c) {
        if (peek() != c) {
            throw unexpected();
        }
        at++;
    }

    private IllegalArgumentException unexpected() {
        return new IllegalArgumentException("the shell sent what cannot be read, at character " + at);
    }
}
