package io.mhras.migrations.mongodb.shell;

/**
 * What a script says and cannot do here.
 *
 * @param at where
 * @param problem what it is
 * @param remedy what to write instead
 */
record Refusal(Token at, String problem, String remedy) {}
