package io.mhras.migrations.schema;

import java.util.Locale;

/** What a fact of a schema is about, in the order in which objects are printed. */
public enum FactKind {
    EXTENSION,
    SCHEMA,
    COLLATION,
    ENUM,
    RANGE,
    DOMAIN,
    COMPOSITE,
    SEQUENCE,
    COLLECTION,
    TABLE,
    FOREIGN_TABLE,
    VIEW,
    MATERIALIZED_VIEW,
    FUNCTION,
    PROCEDURE,
    AGGREGATE,
    STATISTICS,
    FOREIGN_DATA_WRAPPER,
    SERVER,
    USER_MAPPING,
    PUBLICATION,
    EVENT_TRIGGER,
    DEFAULT_PRIVILEGES,
    COLUMN,
    DEFAULT,
    CONSTRAINT,
    INDEX,
    TRIGGER,
    RULE,
    POLICY,
    COMMENT,
    OWNER,
    GRANT;

    /**
     * The kind that people write like this.
     *
     * @throws IllegalArgumentException if there is none
     */
    static FactKind of(String words) {
        return valueOf(words.toUpperCase(Locale.ROOT).replace(' ', '_'));
    }

    /** As people write it: "materialized view". */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
