package io.mhras.migrations.source;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The options in comment lines. Separate from the scanner, since few scripts have any: most starts need no pattern. */
final class HeaderComment {

    /** {@code migrate: words} is prose, unless the first word is an option's name. */
    private static final Pattern OPTION = Pattern.compile("(?is)\\s*migrate:(\\s*)(\\S*)\\s*(.*?)\\s*");

    private HeaderComment() {}

    /** Matches if it is an option: the space before its key, its key, and its value. */
    static Matcher option(String line, int text) {
        return OPTION.matcher(line).region(text, line.length());
    }

    /** {@code migrate:up} and {@code migrate:down} are dbmate's. */
    static boolean isOfDbmate(String key) {
        return key.equalsIgnoreCase("up") || key.equalsIgnoreCase("down");
    }
}
