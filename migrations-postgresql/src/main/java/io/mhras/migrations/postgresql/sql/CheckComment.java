package io.mhras.migrations.postgresql.sql;

import org.jspecify.annotations.Nullable;

/** The comment that names the check below it: {@code -- migrate:check table patients}. */
final class CheckComment {

    private static final String KEY = "migrate:check";
    private static final int MARK = 2;

    private CheckComment() {}

    /** The name in the line comment that stands there; null if it is another comment. */
    static @Nullable String nameIn(char[] chars, int from, int to) {
        int at = from + MARK;
        while (at < to && SqlCharacters.isSpace(chars[at])) {
            at++;
        }
        int end = at + KEY.length();
        if (end >= to || Character.toLowerCase(chars[at]) != 'm' || !SqlCharacters.isSpace(chars[end])) {
            return null;
        }
        String text = new String(chars, at, to - at);
        String name = text.substring(KEY.length()).strip();
        return text.regionMatches(true, 0, KEY, 0, KEY.length()) && !name.isEmpty() ? name : null;
    }
}
