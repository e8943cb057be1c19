package io.mhras.migrations.testing.mongodb.expression;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.Document;
import io.mhras.migrations.testing.mongodb.bson.BsonTypeName;
import io.mhras.migrations.testing.mongodb.bson.Patterns;
import io.mhras.migrations.testing.mongodb.expression.Expressions.Operator;
import io.mhras.migrations.testing.mongodb.protocol.Commands;
import io.mhras.migrations.testing.mongodb.protocol.Errors;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Operators on texts. */
final class TextOperators {

    private static final String WHITE_SPACE =
            "\0 \t\n\u000b\f\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006" + "\u2007\u2008\u2009\u200a";

    private TextOperators() {}

    static void addTo(Map<String, Operator> operators) {
        for (String trim : List.of("$trim", "$ltrim", "$rtrim")) {
            operators.put(trim, TextOperators::trim);
        }
        for (String regex : List.of("$regexFind", "$regexFindAll", "$regexMatch")) {
            operators.put(regex, TextOperators::regex);
        }
        operators.put("$replaceOne", TextOperators::replace);
        operators.put("$replaceAll", TextOperators::replace);
        operators.put("$strcasecmp", TextOperators::compare);
    }

    private static @Nullable Object trim(String name, @Nullable Object argument) {
        Object input = Expressions.required(name, argument, "input", 50696);
        Object chars = Commands.object(argument).getOrDefault("chars", WHITE_SPACE);
        if (Missing.isNullOrMissing(input) || chars == null) {
            return null;
        }
        if (!(input instanceof String text)) {
            throw Errors.location(
                    50699,
                    name + " requires its input to be a string, got " + input + " (of type " + BsonTypeName.of(input)
                            + ") instead.");
        }
        if (!(chars instanceof String set)) {
            throw Errors.location(
                    50700,
                    name + " requires 'chars' to be a string, got " + chars + " (of type " + BsonTypeName.of(chars)
                            + ") instead.");
        }
        int from = 0;
        int to = text.length();
        while (!name.equals("$rtrim") && from < to && set.indexOf(text.codePointAt(from)) >= 0) {
            from += Character.charCount(text.codePointAt(from));
        }
        while (!name.equals("$ltrim") && to > from && set.indexOf(text.codePointBefore(to)) >= 0) {
            to -= Character.charCount(text.codePointBefore(to));
        }
        return text.substring(from, to);
    }

    private static @Nullable Object regex(String name, @Nullable Object argument) {
        Object input = Expressions.required(name, argument, "input", 51103);
        Object regex = Expressions.required(name, argument, "regex", 51103);
        boolean isNothing = Missing.isNullOrMissing(input) || Missing.isNullOrMissing(regex);
        if (!isNothing && !(input instanceof String)) {
            throw Errors.location(51104, name + " needs 'input' to be of type string");
        }
        if (!Missing.isNullOrMissing(regex) && !(regex instanceof String || regex instanceof BsonRegularExpression)) {
            throw Errors.location(51105, name + " needs 'regex' to be of type string or regex");
        }
        if (isNothing) {
            return name.equals("$regexMatch") ? (Object) false : name.equals("$regexFindAll") ? List.of() : null;
        }
        Matcher matcher = pattern(Commands.object(argument), regex).matcher(String.valueOf(input));
        if (name.equals("$regexMatch")) {
            return matcher.find();
        }
        List<Document> found = new ArrayList<>();
        while (matcher.find()) {
            found.add(match(String.valueOf(input), matcher));
        }
        return name.equals("$regexFindAll") ? found : found.isEmpty() ? null : found.get(0);
    }

    private static Pattern pattern(Document argument, @Nullable Object regex) {
        Object options = argument.get("options");
        String more = options instanceof String text ? text : "";
        if (regex instanceof BsonRegularExpression expression) {
            String own = expression.getOptions() == null ? "" : expression.getOptions();
            return Patterns.compile(expression.getPattern(), own + more);
        }
        return Patterns.compile((String) java.util.Objects.requireNonNull(regex), more);
    }

    private static Document match(String input, Matcher matcher) {
        List<@Nullable Object> captures = new ArrayList<>();
        for (int i = 1; i <= matcher.groupCount(); i++) {
            captures.add(matcher.group(i));
        }
        return new Document("match", matcher.group())
                .append("idx", input.codePointCount(0, matcher.start()))
                .append("captures", captures);
    }

    private static @Nullable Object replace(String name, @Nullable Object argument) {
        Object input = Expressions.required(name, argument, "input", 51751);
        Object find = Expressions.required(name, argument, "find", 51751);
        Object by = Expressions.required(name, argument, "replacement", 51751);
        check(name, "input", input, 51746);
        check(name, "find", find, 51745);
        check(name, "replacement", by, 51744);
        if (!(input instanceof String text && find instanceof String from && by instanceof String to)) {
            return null;
        }
        if (name.equals("$replaceAll")) {
            return text.replace(from, to);
        }
        int at = text.indexOf(from);
        return at < 0 ? text : text.substring(0, at) + to + text.substring(at + from.length());
    }

    private static void check(String name, String argument, @Nullable Object value, int code) {
        if (!(value instanceof String) && !Missing.isNullOrMissing(value)) {
            throw Errors.location(
                    code,
                    name + " requires that '" + argument + "' be a string, found: " + value + " (of type "
                            + BsonTypeName.of(value) + ")");
        }
    }

    private static @Nullable Object compare(String name, @Nullable Object argument) {
        if (!(argument instanceof Collection<?> two) || two.size() != 2) {
            throw Errors.location(16020, "Expression " + name + " takes exactly 2 arguments.");
        }
        List<String> texts = new ArrayList<>();
        for (Object each : two) {
            texts.add(Missing.isNullOrMissing(each) ? "" : each.toString().toUpperCase(Locale.ROOT));
        }
        return Integer.signum(texts.get(0).compareTo(texts.get(1)));
    }
}
