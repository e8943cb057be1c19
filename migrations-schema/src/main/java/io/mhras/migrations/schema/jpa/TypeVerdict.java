package io.mhras.migrations.schema.jpa;

/**
 * Whether a column's type will do for an entity.
 *
 * @param outcome what follows
 * @param advice what to do where nothing is written for it; else empty
 */
record TypeVerdict(Outcome outcome, String advice) {

    static final TypeVerdict FINE = new TypeVerdict(Outcome.FINE, "");
    static final TypeVerdict OTHER = new TypeVerdict(Outcome.OTHER, "");

    /** What follows. */
    enum Outcome {
        /** It will do. */
        FINE,
        /** It is to be what the entity says. */
        OTHER,
        /** It will not do, and is not changed: the entity is to say something else. */
        UNDECIDED
    }

    static TypeVerdict undecided(String advice) {
        return new TypeVerdict(Outcome.UNDECIDED, advice);
    }
}
