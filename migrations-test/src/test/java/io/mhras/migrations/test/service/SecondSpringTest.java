package io.mhras.migrations.test.service;

/** Shares its context with {@link FirstSpringTest}. */
final class SecondSpringTest extends SharedContextContract {}
