package io.mhras.migrations.autoconfigure;

import io.mhras.migrations.Target;
import io.mhras.migrations.engine.Migrator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a service does about its migrations when it starts. */
public enum MigrationMode {

    /** Applies what is pending. */
    APPLY {
        @Override
        void run(Migrator migrator, MigrationsProperties properties) {
            migrator.migrate(properties.target(migrator.database()));
        }
    },

    /** Changes nothing, and fails the start if anything is pending or was changed. */
    VALIDATE {
        @Override
        void run(Migrator migrator, MigrationsProperties properties) {
            Target target = properties.target(migrator.database());
            // Where the newest row says that all is applied, the start reads no other.
            if (!migrator.plan(target).isEmpty()) {
                migrator.validate(target);
            }
            log.info("Migrations of {}: validated, nothing is pending or changed", migrator.database());
        }
    },

    /** Changes nothing, and waits until another process has applied everything. */
    WAIT {
        @Override
        void run(Migrator migrator, MigrationsProperties properties) {
            log.info(
                    "Migrations of {}: waiting up to {} for another process to apply them",
                    migrator.database(),
                    properties.waitTimeout());
            migrator.await(properties.target(migrator.database()), properties.waitTimeout());
            log.info("Migrations of {}: nothing is pending any more", migrator.database());
        }
    },

    /** Neither changes nor checks anything. */
    NONE {
        @Override
        void run(Migrator migrator, MigrationsProperties properties) {
            log.info("Migrations of {}: neither applied nor checked, the mode is none", migrator.database());
        }
    },

    /** Applies what is pending and ends the process, without a web server ever listening: for a job or init container. */
    APPLY_AND_EXIT {
        @Override
        void run(Migrator migrator, MigrationsProperties properties) {
            APPLY.run(migrator, properties);
        }
    };

    private static final Logger log = LoggerFactory.getLogger(MigrationRunner.class);

    abstract void run(Migrator migrator, MigrationsProperties properties);
}
