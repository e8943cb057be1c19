package io.mhras.migrations.test.spring;

import io.mhras.migrations.test.DatabaseRequest;
import io.mhras.migrations.test.TestClass;
import java.util.Collection;
import org.springframework.core.Ordered;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

/** Gives each test class, or each method, its database as it is to be found. */
final class MigratedDatabaseTestExecutionListener implements TestExecutionListener, Ordered {

    /** After what closes dirty contexts, and before what begins a transaction. */
    private static final int ORDER = 3_900;

    @Override
    public int getOrder() {
        return ORDER;
    }

    @Override
    public void beforeTestClass(TestContext context) {
        TestClass test = TestClass.of(context.getTestClass());
        if (!test.requests().isEmpty()) {
            databases(context).forEach(database -> database.begin(test.type()));
        }
    }

    @Override
    public void beforeTestMethod(TestContext context) {
        TestClass test = TestClass.of(context.getTestClass());
        if (test.requests().isEmpty()) {
            return;
        }
        // The context is another one if a method before this has closed it.
        databases(context).forEach(database -> database.begin(test.type()));
        if (test.requests().stream().anyMatch(DatabaseRequest::isPerMethod)) {
            databases(context).forEach(DatabaseOfContext::beginMethod);
        }
    }

    @Override
    public void afterTestClass(TestContext context) {
        TestClass test = TestClass.of(context.getTestClass());
        if (test.type() == context.getTestClass() && !test.requests().isEmpty() && context.hasApplicationContext()) {
            databases(context).forEach(DatabaseOfContext::end);
        }
    }

    private static Collection<DatabaseOfContext> databases(TestContext context) {
        return context.getApplicationContext()
                .getBeansOfType(DatabaseOfContext.class)
                .values();
    }
}
