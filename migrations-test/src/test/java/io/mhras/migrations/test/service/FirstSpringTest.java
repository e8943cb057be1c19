package io.mhras.migrations.test.service;

/** Shares its context with {@link SecondSpringTest}. */
final class FirstSpringTest extends SharedContextContract {}
