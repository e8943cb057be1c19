package io.mhras.migrations;

/**
 * Text from elsewhere (a file's name, an error of a server) where it must not begin a line: behind {@code --} or
 * {@code //}, what follows a line break would be run.
 */
public final class OneLine {

    private OneLine() {}

    /** The same text, with line breaks and control characters written as <code>&#92;x0a</code>. */
    public static String of(String text) {
        StringBuilder line = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isControl(c)) {
                line.append(String.format(c < 0x100 ? "\\x%02x" : "\\u%04x", (int) c));
            } else {
                line.append(c);
            }
        }
        return line.toString();
    }

    /** Whether it has a line break or a control character in it. */
    public static boolean isBrokenBy(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isControl(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** JavaScript takes U+2028 and U+2029 for the end of a line, too. */
    private static boolean isControl(char c) {
        return c < ' ' || c >= 0x7f && c < 0xa0 || c == '\u2028' || c == '\u2029';
    }
}
