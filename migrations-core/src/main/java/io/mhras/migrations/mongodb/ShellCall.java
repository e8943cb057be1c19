package io.mhras.migrations.mongodb;

import org.bson.BsonDocument;

/**
 * One thing that a script asks of the server.
 *
 * @param operation a command's name, for example {@code createIndexes}, or one of the shell's, for example {@code insertOne}
 * @param namespace database and collection, for example {@code compliance.audits}; the database alone where there is none
 * @param arguments type-exact; with the ids that the script's side made up
 * @param line of the script, from 1; 0 if not known
 * @param column from 1; 0 if not known
 */
record ShellCall(String operation, String namespace, BsonDocument arguments, int line, int column) {}
