package io.mhras.migrations.mongodb.history;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import io.mhras.migrations.MigrationException;
import io.mhras.migrations.MigrationException.DatabaseUnavailable;
import io.mhras.migrations.MigrationException.HistoryUnusable;
import io.mhras.migrations.mongodb.server.MongoErrors;
import io.mhras.migrations.mongodb.server.ServerVendor;
import io.mhras.migrations.text.SettingNames;

/** Explains errors of the history, its lock or its journal in the user's terms. */
public final class HistoryErrors {

    private HistoryErrors() {}

    /** A query or a write of ours outside of scripts failed. */
    public static MigrationException of(HistoryCollections collections, MongoException e) {
        if (MongoErrors.leavesOpenWhatHappened(e) || MongoErrors.isLogin(e)) {
            return MongoErrors.ofConnection(e);
        }
        if (isDuplicateKey(e)) {
            return lostLock(collections);
        }
        String name = collections.name();
        if (e.getCode() == MongoErrors.ATLAS && MongoErrors.message(e).contains("not allowed to do action")) {
            return new HistoryUnusable(
                    "The database user may not use the history " + name + ": " + MongoErrors.message(e),
                    "In Atlas, under Database Access, give the user the role readWrite on this database; the scripts"
                            + " may need dbAdmin too.",
                    e);
        }
        if (e.getCode() == MongoErrors.NOT_AUTHORIZED) {
            String database = collections.database().getName();
            return new HistoryUnusable(
                    "The database user may not use the history " + name + ": " + MongoErrors.message(e),
                    "As an administrator: db.grantRolesToUser(\"<user>\", [{ role: \"readWrite\", db: \"" + database
                            + "\" }]); the scripts may need dbAdmin too.",
                    e);
        }
        String remedy = ServerVendor.other(collections.client())
                .map(other -> "The server is " + other + ", which does a part of what MongoDB does. Use MongoDB.")
                .orElse("See the server's log for more.");
        return new HistoryUnusable("The history " + name + " cannot be used: " + MongoErrors.message(e), remedy, e);
    }

    /** How to keep the history elsewhere. */
    public static String historyOfItsOwn() {
        return "Give this service a history of its own: another collection (setting "
                + SettingNames.quoted("mongodb.collection") + ") or another database (setting "
                + SettingNames.quoted("mongodb.database") + ").";
    }

    /** A document that cannot have been written by a release of ours. */
    static HistoryUnusable ofDocument(String collection, String id, String field, String problem) {
        return new HistoryUnusable(
                "The history " + collection + " was changed by hand: the field '" + field
                        + "' of the document with _id " + id + " " + problem + ".",
                "Put back what was there, for example from a backup: db.getCollection(\""
                        + collection.substring(collection.indexOf('.') + 1) + "\").updateOne({ _id: " + id
                        + " }, { $set: { "
                        + field + ": ... } });",
                null);
    }

    /** Each document of ours has a number of its own: a process that finds it taken is no longer alone. */
    private static boolean isDuplicateKey(MongoException e) {
        return e.getCode() == MongoErrors.DUPLICATE_KEY
                || (e instanceof MongoBulkWriteException bulk
                        && bulk.getWriteErrors().stream()
                                .anyMatch(error -> error.getCode() == MongoErrors.DUPLICATE_KEY));
    }

    /** Another process has written to the history, or to the journal, since this one took the lock. */
    public static MigrationException lostLock(HistoryCollections collections) {
        return lostLock(
                collections,
                "another process has taken over and written there while this one was busy or paused. This one wrote"
                        + " nothing over that.");
    }

    /** The lock's document is not there, though nobody released it. */
    public static MigrationException lockIsGone(HistoryCollections collections) {
        return new DatabaseUnavailable(
                "The migration lock of " + collections.name() + " is gone: someone deleted its document, or dropped "
                        + collections.lock().getNamespace() + ", while this process held it. It stopped before its"
                        + " next write.",
                "Find out what empties the database while migrations run, and see whether the history is still there."
                        + " Then start again.",
                null);
    }

    /** Another process has the lock, or may have it. */
    public static MigrationException lostLock(HistoryCollections collections, String how) {
        return new DatabaseUnavailable(
                "The migration lock of " + collections.name() + " was lost: " + how,
                "Start again: it goes on where the migrations are. If the process was busy or paused for so long,"
                        + " raise the setting "
                        + SettingNames.quoted("mongodb.lease") + ".",
                null);
    }
}
