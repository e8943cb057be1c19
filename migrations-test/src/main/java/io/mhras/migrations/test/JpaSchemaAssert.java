package io.mhras.migrations.test;

import org.assertj.core.api.AbstractAssert;

/** What can be said about entities beside migrations. */
public final class JpaSchemaAssert extends AbstractAssert<JpaSchemaAssert, JpaSchema> {

    JpaSchemaAssert(JpaSchema actual) {
        super(actual, JpaSchemaAssert.class);
    }
}
