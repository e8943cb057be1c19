package io.mhras.migrations.benchmarks.contestant;

/** A way to bring a database up to date with a folder of migrations. */
public interface Contestant {

    /** Applies what is pending, as the start of a service does. */
    void migrate() throws Exception;

    /** One that keeps a history. */
    interface WithStatus extends Contestant {

        /** Finds out what is applied and what is pending. */
        void status() throws Exception;
    }
}
