package io.mhras.migrations.test;

import io.mhras.migrations.MigrationResult;
import io.mhras.migrations.Target;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.test.template.DatabaseCopy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A PostgreSQL database of a test, which is dropped after it. */
public final class TestDatabase implements AutoCloseable {

    private final String name;
    private final DatabaseCopy copy;
    private final Migrator migrator;
    private final List<Runnable> afterReset = new CopyOnWriteArrayList<>();

    /** A database. */
    TestDatabase(String name, DatabaseCopy copy, Migrator migrator) {
        this.name = name;
        this.copy = copy;
        this.migrator = migrator;
    }

    /** The name by which the test calls it; empty for the only one. */
    public String name() {
        return name;
    }

    /** Its JDBC URL. */
    public String url() {
        return copy.server().urlOf(copy.name());
    }

    /** The user; null if the URL has it. */
    public @Nullable String username() {
        return copy.server().username();
    }

    /** The password; null if the URL has it, or for none. */
    public @Nullable String password() {
        return copy.server().password();
    }

    /** Connections to it, each a new one. */
    public DataSource dataSource() {
        return copy.server().dataSource(copy.name());
    }

    /** For SQL: {@code database.jdbc().sql("SELECT ...").query(String.class).single()}. */
    public JdbcClient jdbc() {
        return JdbcClient.create(dataSource());
    }

    /** What migrates it. */
    public Migrator migrator() {
        return migrator;
    }

    /** Applies everything that is pending. */
    public MigrationResult upgrade() {
        return migrator.migrate(Target.HEAD);
    }

    /** Applies everything up to a version. */
    public MigrationResult upgradeTo(String version) {
        return migrator.migrate(Target.parse(version));
    }

    /** Takes back, with their down scripts, all migrations after a version; {@code base} for all. */
    public MigrationResult rollbackTo(String version) {
        return migrator.rollback(Target.parse(version));
    }

    /** Makes it again as the test got it. Connections that are open are cut off; the URL stays the same. */
    public void reset() {
        copy.reset();
        afterReset.forEach(Runnable::run);
    }

    /** Keeps it as it is now, for {@link #reset()}. Connections that are open are cut off. */
    public void keep() {
        copy.keep();
        afterReset.forEach(Runnable::run);
    }

    /** Has this done each time after its connections were cut off: a pool gives up its own. */
    public void afterReset(Runnable action) {
        afterReset.add(action);
    }

    /** Where the server's log of changes ends: the same as before if nobody has changed anything since. */
    public String position() {
        return copy.position();
    }

    /** Drops it. */
    @Override
    public void close() {
        copy.close();
    }

    @Override
    public String toString() {
        return "TestDatabase[" + copy.name() + "]";
    }
}
