package io.mhras.migrations.testing.mongodb.bson;

import io.mhras.migrations.testing.mongodb.protocol.Errors;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Regular expressions; the server's are PCRE2's, which agree with Java's where migrations use them. */
public final class Patterns {

    private Patterns() {}

    public static Pattern compile(String pattern) {
        return compile(pattern, "");
    }

    public static Pattern compile(String pattern, String options) {
        int flags = 0;
        for (int i = 0; i < options.length(); i++) {
            char option = options.charAt(i);
            flags |= switch (option) {
                case 'i' -> Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
                case 'm' -> Pattern.MULTILINE;
                case 's' -> Pattern.DOTALL;
                case 'x' -> Pattern.COMMENTS;
                case 'u' -> 0;
                default -> throw Errors.location(51108, "invalid flag in regex options: " + option);
            };
        }
        try {
            return Pattern.compile(pattern, flags);
        } catch (PatternSyntaxException e) {
            throw Errors.location(51091, "Regular expression is invalid: " + e.getDescription());
        }
    }
}
