package io.mhras.migrations.mongodb.shell;

/**
 * How a write in doubt is settled.
 *
 * <p>What is idempotent by its operation or by {@code _id} is sent again; everything else in doubt stops and asks.
 */
public enum Doubt {
    /** A second time changes nothing. */
    SENT_AGAIN,
    /** Sent unless the collection is there; then it must be the one that was to be created. */
    COLLECTION_TO_CREATE,
    /** Sent if the collection is the one that was there before. */
    COLLECTION_TO_DROP,
    /** Sent if one of the two names is that of the collection that was to be renamed. */
    COLLECTION_TO_RENAME,
    /** Sent if the index is there. */
    INDEX_TO_DROP,
    /** Sent with the documents whose {@code _id} is missing. */
    DOCUMENTS_TO_INSERT,
    /** Sent if the document with its {@code _id} is as it was; done if it is as it was to become. */
    DOCUMENT_BY_ID,
    /** Sent if the document with its {@code _id} is as it was: if the write was done, the document in its answer is lost. */
    ANSWERED_DOCUMENT_BY_ID,
    /** Sent if it names its documents by {@code _id}; done if none is left. */
    DOCUMENTS_TO_DELETE,
    /** A second time would change documents twice. */
    ASKS
}
