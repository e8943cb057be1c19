package io.mhras.migrations.schema;

/** What a statement can do to a database in use. */
public sealed interface Hazard {

    /** In words, for people. */
    String text();

    /** Rows, or values of them, are gone for good. */
    record DeletesData(FactId of) implements Hazard {
        @Override
        public String text() {
            return "deletes the data of " + of;
        }
    }

    /**
     * It takes a lock that others notice.
     *
     * @param relation on which
     * @param mode of which kind
     * @param isLong whether it is held while rows are read or written
     */
    record Locks(FactId relation, String mode, boolean isLong) implements Hazard {
        @Override
        public String text() {
            return mode + " on " + relation.qualifiedName() + (isLong ? ", while all its rows are read" : ", short");
        }
    }

    /** The table is written anew, while nobody can use it. */
    record Rewrites(FactId table) implements Hazard {
        @Override
        public String text() {
            return "rewrites " + table.qualifiedName() + ", which nobody can use meanwhile";
        }
    }

    /**
     * Rows that are there may forbid it.
     *
     * @param query answers with how many they are
     */
    record MayFail(FactId of, String query) implements Hazard {
        @Override
        public String text() {
            return "fails if there are rows that break it: " + query;
        }
    }

    /** Instances of the release before still use what it takes away. */
    record BreaksRunningRelease(FactId of, String why) implements Hazard {
        @Override
        public String text() {
            return "running instances of the release before " + why;
        }
    }

    /** Data have to move, and only people know how. */
    record Gap(FactId of, String what) implements Hazard {
        @Override
        public String text() {
            return "to be written: " + what;
        }
    }

    /** It takes as long as the table is large, without keeping others out. */
    record Slow(FactId of, String why) implements Hazard {
        @Override
        public String text() {
            return why;
        }
    }
}
