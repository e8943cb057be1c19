package io.mhras.migrations.autoconfigure;

import io.mhras.migrations.MigrationException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.annotation.Order;

/** Puts what failed, and what to do about it, in place of a stack trace. */
@Order(0)
final class MigrationFailureAnalyzer extends AbstractFailureAnalyzer<MigrationException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, MigrationException cause) {
        return new FailureAnalysis(cause.problem(), cause.remedy(), cause);
    }
}
