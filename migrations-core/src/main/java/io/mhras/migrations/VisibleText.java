package io.mhras.migrations;

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

    private static String shown(String text, int first) {
        StringBuilder shown = new StringBuilder(text.length() + 16).append(text, 0, first);
        for (int i = first; i < text.length(); i++) {
            char character = text.charAt(i);
            if (isToBeShown(text, i)) {
                shown.append(String.format(character < 0x100 ? "\\x%02x" : "\\u%04x", (int) character));
            } else {
                shown.append(character);
            }
        }
        return shown.toString();
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
