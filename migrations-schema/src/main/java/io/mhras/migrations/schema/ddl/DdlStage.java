package io.mhras.migrations.schema.ddl;

/** Where a statement comes if nothing else decides: what is needed comes first anyway. */
public enum DdlStage {
    SCHEMA,
    EXTENSION,
    COLLATION,
    TYPE,
    DOMAIN_CONSTRAINT,
    SEQUENCE,
    FOREIGN_SERVER,
    TABLE,
    COLUMN,
    ROUTINE,
    DEFAULT,
    KEY,
    INDEX,
    CHECK,
    FOREIGN_KEY,
    VIEW,
    STATISTICS,
    TRIGGER,
    POLICY,
    PUBLICATION,
    STATE,
    COMMENT,
    OWNER,
    GRANT,
    DATA,
    DEFAULT_PRIVILEGES,
    /** It fires for what comes after it. */
    EVENT_TRIGGER
}
