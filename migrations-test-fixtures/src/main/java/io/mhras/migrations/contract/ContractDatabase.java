package io.mhras.migrations.contract;

import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.HistoryEntry.Event;
import io.mhras.migrations.MigrationDriver;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.testing.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A database as the contracts need it: each kind defines how to create and to see things in it. */
public interface ContractDatabase {

    /** A driver for this test's own, empty database; each call another one, as another process would have. */
    MigrationDriver driver();

    /** The extension of its files, with the dot. */
    String extension();

    /** A script that makes a thing of this name. */
    String create(String name);

    /** A script that takes it away. */
    String drop(String name);

    /** A script that the database refuses. */
    String broken();

    /** A script that would make a thing of this name, and leaves nothing of it when the database refuses it. */
    default String failing(String name) {
        return create(name) + broken();
    }

    /** The same statements with other comments and white space. */
    String reformatted(String script);

    /** A check that such a thing is there. */
    String present(String name);

    /** Whether there is such a thing. */
    boolean exists(String name);

    /** Gives this a driver with which nothing can be written, or fails if something was. */
    void onlyReading(Consumer<MigrationDriver> work);

    /** A driver of the service of this name. */
    MigrationDriver driverOf(String application);

    /** Deletes the events of this name that a version has, as a person would. */
    void deleteEvents(String version, Event event);

    /** Sets a column of a version's events, as a person would. */
    void changeEvents(String version, String column, Object value);

    default Files files() {
        return new Files()
                .with("001_one" + extension(), create("one"))
                .with("001_one.down" + extension(), drop("one"))
                .with("002_two" + extension(), create("two"))
                .with("002_two.down" + extension(), drop("two"))
                .with("003_three" + extension(), create("three"))
                .with("003_three.down" + extension(), drop("three"));
    }

    default Migrator migrator(Files files) {
        return new Migrator(driver(), files::set);
    }

    /** Except the start of a script that runs statement by statement: not all databases have those. */
    default List<String> events(Migrator migrator) {
        List<String> events = new ArrayList<>();
        for (HistoryEntry entry : migrator.history()) {
            if (entry.event() != Event.STARTED) {
                events.add(0, entry.event() + " " + entry.version());
            }
        }
        return events;
    }
}
