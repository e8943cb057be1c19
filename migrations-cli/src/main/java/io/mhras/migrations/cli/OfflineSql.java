package io.mhras.migrations.cli;

import io.mhras.migrations.MigrationException.InvalidTarget;
import io.mhras.migrations.OfflinePlan;
import io.mhras.migrations.Target;
import io.mhras.migrations.engine.Migrator;
import io.mhras.migrations.postgresql.PostgresDriver;
import java.util.List;

/**
 * The SQL for psql from one version to another.
 *
 * @param from where the database stands
 * @param to where it is to go
 */
record OfflineSql(Direction direction, Target from, Target to) {

    enum Direction {
        UP("base", "head") {
            @Override
            OfflinePlan plan(Migrator migrator, Target from, Target to) {
                return migrator.planOffline(from, to);
            }

            @Override
            String otherWay(String range) {
                return "For the way back: migrations script --down " + range + ".";
            }
        },
        DOWN("head", "-1") {
            @Override
            OfflinePlan plan(Migrator migrator, Target from, Target to) {
                return migrator.planOfflineRollback(from, to);
            }

            @Override
            String otherWay(String range) {
                return "For the way forward: migrations script " + range + ".";
            }
        };

        private final String usualFrom;
        private final String usualTo;

        Direction(String usualFrom, String usualTo) {
            this.usualFrom = usualFrom;
            this.usualTo = usualTo;
        }

        abstract OfflinePlan plan(Migrator migrator, Target from, Target to);

        abstract String otherWay(String range);
    }

    /** Reads {@code 003:007}; or {@code 007}, which begins where a database usually stands. */
    static OfflineSql parse(Direction direction, String range) {
        int colon = range.indexOf(':');
        String from = range.substring(0, Math.max(0, colon));
        String to = range.substring(colon + 1);
        return new OfflineSql(
                direction,
                Target.parse(from.isBlank() ? direction.usualFrom : from),
                Target.parse(to.isBlank() ? direction.usualTo : to));
    }

    /**
     * The one kind of database that there is SQL for.
     *
     * @throws InvalidSettingException if another is asked for
     */
    static List<Kind> kinds(DatabaseCommand command) {
        List<Kind> asked = command.database.kinds(command.terminal());
        if (asked.equals(List.of(Kind.MONGODB))) {
            throw new InvalidSettingException(
                    "There is no SQL for MongoDB: its files are scripts for mongosh as they are.",
                    "Let 'migrations apply --db-type mongodb' run them: it records what it does and goes on where it"
                            + " stopped. 'migrations apply --dry-run' says which are pending.");
        }
        if (asked.contains(Kind.MONGODB)) {
            command.tell("note: this is PostgreSQL's part. MongoDB's files are applied with 'migrations apply --db-type"
                    + " mongodb'.");
        }
        return List.of(Kind.POSTGRESQL);
    }

    /** Writes it to standard output; needs no database. */
    ExitCode write(DatabaseCommand command) {
        Terminal terminal = command.terminal();
        PostgresDriver driver = PostgresConnection.offlineDriver(command.database, command.settings());
        OfflinePlan plan = direction.plan(new Migrator(driver, () -> command.load(Kind.POSTGRESQL)), from, to);
        if (plan.plan().isEmpty()) {
            throw new InvalidTarget(
                    "There is nothing to do from " + from + " to " + to + ".", direction.otherWay(from + ":" + to));
        }
        plan.plan().notes().forEach(note -> command.tell("note: " + note));
        driver.script(plan, terminal.out());
        terminal.out().flush();
        return ExitCode.DONE;
    }
}
