package io.mhras.migrations.cli.connection;

import io.mhras.migrations.MigrationActivity;
import io.mhras.migrations.MigrationDriver;
import org.jspecify.annotations.Nullable;

/** A database that the command works with. */
public interface DatabaseConnection extends AutoCloseable {

    /** What migrates it. */
    MigrationDriver driver();

    /** The database's name, as the server knows it. */
    String name();

    /** How long the migration lock stays with this holder, as a sentence. */
    String lockEnd(MigrationActivity.Session holder);

    /** Asks the server to stop what it does for this process; that it did is seen there. Null, or why it could not be asked. */
    @Nullable Exception cancel();

    @Override
    void close();
}
