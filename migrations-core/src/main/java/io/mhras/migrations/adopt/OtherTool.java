package io.mhras.migrations.adopt;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toUnmodifiableSet;

import io.mhras.migrations.MigrationException.Refused;
import io.mhras.migrations.OfflinePlan.OtherTable;
import io.mhras.migrations.TableReader.Kind;
import io.mhras.migrations.TableReader.Table;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Another tool, and how it records what it has applied. */
public enum OtherTool {
    // Its documents have the fields that its tables have columns. The second name is that of its releases before 5.
    FLYWAY(
            "flyway",
            () -> new FlywayHistory(),
            List.of("flyway_schema_history", "schema_version"),
            List.of("flyway_schema_history"),
            "Mend it and run Flyway's 'migrate', or its 'repair'"),
    LIQUIBASE(
            "liquibase",
            () -> new LiquibaseHistory(),
            List.of("databasechangelog"),
            List.of("DATABASECHANGELOG"),
            "Mend it and run Liquibase's 'update'"),
    ALEMBIC(
            "alembic",
            () -> new VersionPointer("version_num", Set.of("version_num")),
            List.of("alembic_version"),
            List.of(),
            Mending.USUAL),
    GOLANG_MIGRATE(
            "golang-migrate",
            () -> new VersionPointer("version", Set.of("version", "dirty")),
            List.of("schema_migrations"),
            List.of("schema_migrations"),
            "Put the database in order and run 'migrate force VERSION'"),
    // Rails keeps the same table.
    DBMATE("dbmate", () -> RowList.only("version"), "schema_migrations"),
    ECTO("ecto", () -> RowList.of("version", "inserted_at").at("inserted_at"), "schema_migrations"),
    TERN("tern", () -> new VersionPointer("version", Set.of("version")), "schema_version"),
    GOOSE("goose", () -> new GooseHistory(), "goose_db_version"),
    PRISMA(
            "prisma",
            () -> new PrismaHistory(),
            List.of("_prisma_migrations"),
            List.of(),
            "Mend it and run Prisma's 'migrate deploy', or say with its 'migrate resolve' what is applied"),
    SQLX(
            "sqlx",
            () -> RowList.of("version", "installed_on", "success", "checksum", "execution_time")
                    .at("installed_on")
                    .took("execution_time", ChronoUnit.NANOS)
                    .containing(row -> row.value("checksum") instanceof byte[] sum
                            ? new ContentSum(
                                    ContentSum.Kind.SHA_384, HexFormat.of().formatHex(sum))
                            : null)
                    .unless(row -> Boolean.FALSE.equals(row.value("success")) ? row.text("version") + " failed" : null),
            "_sqlx_migrations"),
    REFINERY("refinery", () -> RowList.of("version", "applied_on").at("applied_on"), "refinery_schema_history"),
    DIESEL("diesel", () -> RowList.of("version", "run_on").at("run_on"), "__diesel_schema_migrations"),
    SEA_ORM("sea-orm", () -> RowList.of("version", "applied_at").at("applied_at"), "seaql_migrations"),
    ATLAS(
            "atlas",
            () -> RowList.of("version", "applied", "total", "executed_at")
                    .at("executed_at")
                    .took("execution_time", ChronoUnit.NANOS)
                    .unless(row -> row.text("applied").equals(row.text("total"))
                            ? null
                            : row.text("version") + " stopped at statement " + row.text("applied") + " of "
                                    + row.text("total")),
            "atlas_schema_revisions"),
    KNEX("knex", () -> RowList.of("name", "batch", "migration_time").at("migration_time"), "knex_migrations"),
    SEQUELIZE("sequelize", () -> RowList.only("name"), "SequelizeMeta"),
    NODE_PG_MIGRATE("node-pg-migrate", () -> RowList.of("name", "run_on").at("run_on"), "pgmigrations"),
    TYPEORM(
            "typeorm",
            () -> RowList.of("name", "id", "timestamp").number("timestamp"),
            List.of("migrations"),
            List.of("migrations"),
            Mending.USUAL),
    SQL_MIGRATE("sql-migrate", () -> RowList.of("id", "applied_at").at("applied_at"), "gorp_migrations"),
    MYBATIS("mybatis", () -> RowList.of("id", "applied_at", "description").at("applied_at"), "changelog"),
    DJANGO("django", () -> RowList.of("name", "app", "applied").at("applied"), "django_migrations"),
    LARAVEL("laravel", () -> RowList.of("migration", "batch"), "migrations"),
    DOCTRINE(
            "doctrine",
            () -> RowList.of("version", "executed_at").at("executed_at").took("execution_time", ChronoUnit.MILLIS),
            "doctrine_migration_versions"),
    PHINX(
            "phinx",
            () -> RowList.of("version", "migration_name", "start_time", "end_time")
                    .at("end_time")
                    .took("start_time", "end_time"),
            "phinxlog"),
    EF_CORE("ef-core", () -> RowList.of("migrationid", "productversion"), "__EFMigrationsHistory"),
    MIGRATE_MONGO(
            "migrate-mongo",
            () -> RowList.of("filename", "appliedat").at("appliedat"),
            List.of(),
            List.of("changelog"),
            Mending.USUAL),
    MONGOCK(
            "mongock",
            () -> new MongockHistory(),
            List.of(),
            List.of("mongockChangeLog", "dbchangelog"),
            "Mend it and start the service with Mongock once more"),
    /** A list kept by a home-made script. */
    LIST(
            "list",
            () -> new AnyList(),
            Lists.NAMES,
            Lists.NAMES,
            "Put the database in order and correct the row, or take it out");

    private static final class Mending {
        static final String USUAL = "Put the database in order";
    }

    private static final class Lists {
        /** What a list is usually called; the first is where it is looked for first. */
        static final List<String> NAMES = List.of(
                "migrations",
                "migration",
                "schema_migrations",
                "schema_migration",
                "schema_version",
                "schema_versions",
                "schema_history",
                "changelog",
                "db_version",
                "migration_versions");
    }

    // Another service's history of ours is no other tool's.
    private static final Set<String> OURS = Set.of("event", "version", "up_script", "down_script", "fingerprint");

    private static final int MOST_NAMED = 20;

    private final String title;

    // Made when a table is found: a start has no use for it. As an interface it cannot promise to be unchangeable.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Supplier<HistoryFormat> format;

    @SuppressWarnings("ImmutableEnumChecker")
    private final List<String> tables;

    @SuppressWarnings("ImmutableEnumChecker")
    private final List<String> collections;

    private final String mending;

    OtherTool(String title, Supplier<HistoryFormat> format, String table) {
        this(title, format, List.of(table), List.of(), Mending.USUAL);
    }

    OtherTool(
            String title,
            Supplier<HistoryFormat> format,
            List<String> tables,
            List<String> collections,
            String mending) {
        this.title = title;
        this.format = format;
        this.tables = tables;
        this.collections = collections;
        this.mending = mending;
    }

    /** A column that no other table has, by which one with a name of the user's choice is found; null if there is none. */
    private @Nullable String telltale() {
        return switch (this) {
            case FLYWAY -> "installed_rank";
            case LIQUIBASE -> "orderexecuted";
            case ALEMBIC -> "version_num";
            case GOOSE -> "is_applied";
            case PRISMA -> "applied_steps_count";
            default -> null;
        };
    }

    /** What its rows say, in order. */
    List<OtherMigration> read(List<HistoryRow> rows) {
        return format.get().read(rows);
    }

    /** Whether a table with these columns can be this tool's: two tools use the same name for theirs. */
    boolean keeps(Set<String> columns) {
        return format.get().fits(columns) && !isOurs(columns);
    }

    /** Whether a table with these columns is a history of ours. */
    static boolean isOurs(Set<String> columns) {
        return columns.containsAll(OURS);
    }

    /** Whether nothing but this tool's history looks like this table. */
    boolean isSurely(Table table, Kind kind) {
        boolean isNamed = usualNames(kind).contains(table.name());
        String telltale = telltale();
        boolean isKnown = isNamed || (telltale != null && table.columns().contains(telltale));
        return isKnown && keeps(table.columns()) && format.get().isSurely(table.columns());
    }

    /** The tool whose history, beyond doubt, this table is; empty if it is none, or a list. */
    static Optional<OtherTool> of(Table table, Kind kind) {
        return keptIn(kind).stream()
                .filter(tool -> tool != LIST && tool.isSurely(table, kind))
                .findFirst();
    }

    /** By what each tool's tables are recognised where only the database will be there to do it. */
    public static List<OtherTable> tables() {
        return keptIn(Kind.TABLE).stream()
                .map(tool -> new OtherTable(
                        tool.inWords(),
                        tool.tables,
                        tool.telltale(),
                        tool.format.get().recognisedBy(),
                        tool.format.get().hasNoOthers()))
                .toList();
    }

    /** As a sentence names it. */
    String inWords() {
        return this == LIST ? "another tool" : title;
    }

    /** The columns by which tables are found that have a name of the user's choice. */
    static Set<String> telltales() {
        return Stream.of(values())
                .flatMap(tool -> Stream.ofNullable(tool.telltale()))
                .collect(toUnmodifiableSet());
    }

    /** Those that keep their history in tables, or in collections. */
    public static List<OtherTool> keptIn(Kind kind) {
        return Stream.of(values())
                .filter(tool -> !tool.usualNames(kind).isEmpty())
                .toList();
    }

    /** The tool of this name, ignoring case; empty if it is not known. */
    public static Optional<OtherTool> named(String name) {
        return Stream.of(values())
                .filter(tool -> tool.title.equalsIgnoreCase(name))
                .findFirst();
    }

    /** What its tables or its collections are usually called; none if it keeps its history in the other. */
    List<String> usualNames(Kind kind) {
        return kind == Kind.TABLE ? tables : collections;
    }

    /** As users know it: {@code golang-migrate}. */
    @Override
    public String toString() {
        return title;
    }

    /** What is not finished, all of it named. */
    Refused unfinished(List<String> what) {
        return new Refused(
                "Nothing was adopted: " + title + " says that "
                        + what.stream().limit(MOST_NAMED).collect(joining(", that "))
                        + (what.size() > MOST_NAMED ? ", and so on: " + what.size() + " in all." : "."),
                mending + "; then adopt again.");
    }
}
