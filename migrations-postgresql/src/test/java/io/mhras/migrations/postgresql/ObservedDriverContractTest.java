package io.mhras.migrations.postgresql;

import io.mhras.migrations.MigrationDriver;
import java.time.Duration;

/** The same with somebody who looks at each statement: an observed run is like any other. */
class ObservedDriverContractTest extends PostgresDriverContractTest {

    /** Queries the session whenever it may. */
    private static final StatementObserver CURIOUS = new StatementObserver() {
        @Override
        public void before(Statement statement, Session session) {
            session.query("SELECT count(*) FROM pg_catalog.pg_locks");
        }

        @Override
        public void after(Statement statement, long rows, Duration elapsed, Session session) {
            session.query("SELECT count(*) FROM pg_catalog.pg_class");
        }
    };

    @Override
    public MigrationDriver driver() {
        return ((PostgresDriver) super.driver()).observedBy(CURIOUS);
    }

    @Override
    public MigrationDriver driverOf(String application) {
        return ((PostgresDriver) super.driverOf(application)).observedBy(CURIOUS);
    }
}
