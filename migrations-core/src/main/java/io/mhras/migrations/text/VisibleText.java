package io.mhras.migrations.text;

/**
 * Text from elsewhere (a server, a file, a history) as people are shown it.
 *
 * <p>A terminal obeys control characters, and a log is read on one: they are written as {@code \x1b}. So are those that
 * turn the direction of writing, as <code>&#92;u202e</code>, since what is read then is not what is there. Line ends and
 * tabs stay.
 */
public final class VisibleText {

    private VisibleText() {}

    /** The same text if there is nothing to show. */
    public static String of(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isToBeShown(text, i)) {
                return shown(text, i);
            }
        }
        return text;
    }

    /**
     * The same on one line, for where it must not begin another: what follows a line break in a comment would be run.
     * Line breaks and tabs are shown, too.
     */
    public static String oneLine(String text) {
        StringBuilder line = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            append(line, text.charAt(i), steers(text.charAt(i)));
        }
        return line.toString();
    }

    /** Whether it has a line break or another control character in it. */
    public static boolean hasControlCharacter(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (steers(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** Whether an editor shows nothing, or a mere space, for what a server may take for a letter. */
    public static boolean isInvisible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL -> !(character >= '\t' && character <= '\r');
            case Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            case Character.SPACE_SEPARATOR -> character != ' ';
            default -> false;
        };
    }

    /** {@code U+00A0 NO-BREAK SPACE} */
    public static String nameOf(int character) {
        String name = Character.getName(character);
        return "U+%04X%s".formatted(character, name == null ? "" : " " + name);
    }

    private static String shown(String text, int first) {
        StringBuilder shown = new StringBuilder(text.length() + 16).append(text, 0, first);
        for (int i = first; i < text.length(); i++) {
            append(shown, text.charAt(i), isToBeShown(text, i));
        }
        return shown.toString();
    }

    private static void append(StringBuilder text, char character, boolean shown) {
        if (shown) {
            text.append(String.format(character < 0x100 ? "\\x%02x" : "\\u%04x", (int) character));
        } else {
            text.append(character);
        }
    }

    /** JavaScript takes U+2028 and U+2029 for the end of a line, too. */
    private static boolean steers(char character) {
        return Character.isISOControl(character)
                || character == '\u2028'
                || character == '\u2029'
                || turnsTheDirection(character);
    }

    private static boolean isToBeShown(String text, int index) {
        char character = text.charAt(index);
        return switch (character) {
            case '\n', '\t' -> false;
            case '\r' -> index + 1 == text.length() || text.charAt(index + 1) != '\n';
            default -> Character.isISOControl(character) || turnsTheDirection(character);
        };
    }

    private static boolean turnsTheDirection(char character) {
        return character >= '\u202a' && character <= '\u202e' || character >= '\u2066' && character <= '\u2069';
    }
}
