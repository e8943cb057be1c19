package io.mhras.migrations.schema.report;

import io.mhras.migrations.schema.FactId;

/**
 * Something about entities and the schema under them that no statement can settle.
 *
 * @param weight what it means for who reads it
 * @param about the object of the schema
 * @param text what is the matter, and what can be done
 */
public record EntityRemark(Weight weight, FactId about, String text) {

    /** What a remark means. */
    public enum Weight {
        /** They differ, and somebody has to decide how it is settled: nothing is written for it. */
        UNDECIDED,
        /** It will fail, or surprise, when the application runs. */
        WARNING,
        /** Good to know. */
        NOTE
    }

    /** {@code patients.notes: ...}. */
    @Override
    public String toString() {
        return about.qualifiedName() + ": " + text;
    }
}
