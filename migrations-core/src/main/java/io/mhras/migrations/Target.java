package io.mhras.migrations;

/** Where a run is to end: {@code head}, {@code base}, {@code +n}, {@code -n}, or a version. */
public sealed interface Target {

    /** Everything there is. With several heads, all of them. */
    record Head() implements Target {
        @Override
        public String toString() {
            return "head";
        }
    }

    /** Nothing applied. */
    record Base() implements Target {
        @Override
        public String toString() {
            return "base";
        }
    }

    /** The next {@code count} pending migrations. */
    record Forward(int count) implements Target {

        public Forward {
            requirePositive(count);
        }

        @Override
        public String toString() {
            return "+" + count;
        }
    }

    /** The last {@code count} migrations, in the order in which they were applied. */
    record Back(int count) implements Target {

        public Back {
            requirePositive(count);
        }

        @Override
        public String toString() {
            return "-" + count;
        }
    }

    /** One version, written in full or as an unambiguous beginning. */
    record Version(String text) implements Target {

        public Version {
            if (!MigrationVersion.isValid(text)) {
                throw new MigrationException.InvalidTarget(
                        "'" + text + "' is not a version.", "A version is a number such as 003 or 1.2.");
            }
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** Everything there is. */
    Target HEAD = new Head();

    /** Nothing applied. */
    Target BASE = new Base();

    /**
     * Reads {@code head} (or {@code heads}), {@code base}, {@code +2}, {@code -1}, or a version.
     *
     * @throws MigrationException.InvalidTarget if the text is none of these
     */
    static Target parse(String text) {
        String trimmed = text.strip();
        if (trimmed.equals("head") || trimmed.equals("heads")) {
            return HEAD;
        }
        if (trimmed.equals("base")) {
            return BASE;
        }
        if (trimmed.matches("\\+0*[1-9]\\d{0,8}")) {
            return new Forward(Integer.parseInt(trimmed.substring(1)));
        }
        if (trimmed.matches("-0*[1-9]\\d{0,8}")) {
            return new Back(Integer.parseInt(trimmed.substring(1)));
        }
        if (MigrationVersion.isValid(trimmed)) {
            return new Version(trimmed);
        }
        throw new MigrationException.InvalidTarget(
                "'" + text + "' is not a target.",
                "Use head, base, +n (the next n), -n (the last n), or a version such as 003.");
    }

    private static void requirePositive(int count) {
        if (count < 1) {
            throw new MigrationException.InvalidTarget(
                    "A target of " + count + " migrations makes no sense.", "Count from 1.");
        }
    }
}
