package io.mhras.migrations.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Migrations of every sort, written from a seed so that a statement that ran twice, or never, can be seen: each file adds
 * lines to a log and counts up.
 *
 * @param scripts in the order in which they are applied
 */
record MigrationMix(List<Script> scripts) {

    /** What stands in the database before: an application's tables, and what the scripts write to. */
    static final String PREPARATION = """
            CREATE TABLE app_a (id int PRIMARY KEY, note text);
            CREATE TABLE app_b (id int PRIMARY KEY, note text);
            INSERT INTO app_a SELECT g, 'a' || g FROM generate_series(1, 500) g;
            INSERT INTO app_b SELECT g, 'b' || g FROM generate_series(1, 15) g;
            CREATE TABLE work_log (line text NOT NULL);
            CREATE TABLE counter (n int NOT NULL);
            INSERT INTO counter VALUES (0);
            CREATE TABLE app_c (id int PRIMARY KEY, marks text NOT NULL DEFAULT '');
            INSERT INTO app_c SELECT generate_series(1, 40);
            CREATE TYPE mood AS ENUM ('new');
            CREATE FUNCTION slowly(value int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS
                $$ BEGIN PERFORM pg_sleep(0.001); RETURN value; END $$;
            """;

    /**
     * Each a kind of script: {@code #} stands for its number, {@code ~} for a while. A statement a line; a line that begins
     * with {@code --} is an option, one with {@code |} is data, one with {@code ?} goes into the check.
     */
    private static final List<String> TEMPLATES =
            List.of("""
            CREATE TABLE t# (id int PRIMARY KEY, value text)
            INSERT INTO t# SELECT g, 'x' FROM generate_series(1, 50) g
            INSERT INTO work_log VALUES ('# filled')
            SELECT ~
            UPDATE counter SET n = n + 1
            ?SELECT count(*) = 50 FROM t#
            """, """
            ALTER TABLE app_a ADD COLUMN c# int
            SELECT ~
            ALTER TABLE app_b ADD COLUMN c# int NOT NULL DEFAULT 1
            UPDATE counter SET n = n + 1
            INSERT INTO work_log VALUES ('# altered')
            """, """
            INSERT INTO work_log VALUES ('# begins')
            CREATE INDEX CONCURRENTLY i# ON app_a (note)
            UPDATE counter SET n = n + 1
            SELECT ~
            CREATE INDEX CONCURRENTLY IF NOT EXISTS j# ON app_b (slowly(id))
            INSERT INTO work_log VALUES ('# ends')
            """, """
            CREATE UNIQUE INDEX CONCURRENTLY u# ON public.app_b (slowly(id))
            """, """
            CREATE INDEX CONCURRENTLY d# ON app_b (slowly(id))
            UPDATE counter SET n = n + 1
            DROP INDEX CONCURRENTLY d#
            INSERT INTO work_log VALUES ('# dropped')
            CREATE INDEX CONCURRENTLY d# ON app_b (note)
            """, """
            UPDATE counter SET n = n + 1
            VACUUM app_a
            INSERT INTO work_log VALUES ('# vacuumed')
            VACUUM (ANALYZE) app_b
            SELECT ~
            UPDATE counter SET n = n + 1
            """, """
            INSERT INTO work_log VALUES ('# before')
            ALTER TYPE mood ADD VALUE 'm#'
            CREATE TABLE e# (m mood DEFAULT 'm#')
            INSERT INTO e# DEFAULT VALUES
            UPDATE counter SET n = n + 1
            """, """
            INSERT INTO work_log VALUES ('# outside')
            BEGIN
            INSERT INTO work_log VALUES ('# inside')
            SELECT ~
            UPDATE counter SET n = n + 1
            COMMIT
            UPDATE counter SET n = n + 1
            START TRANSACTION ISOLATION LEVEL SERIALIZABLE
            INSERT INTO work_log VALUES ('# never')
            ROLLBACK
            INSERT INTO work_log VALUES ('# behind')
            """, """
            BEGIN
            CREATE TABLE b# (id int)
            SELECT ~
            UPDATE counter SET n = n + 1
            COMMIT
            """, """
            CREATE TABLE k# (id int, value text)
            COPY k# FROM stdin
            |1\tone;
            |2\t\\N
            UPDATE counter SET n = n + 1
            SELECT ~
            COPY work_log FROM stdin
            |# copied
            """, """
            -- migrate:transaction none
            CREATE TABLE n# (id int)
            INSERT INTO work_log VALUES ('# alone')
            UPDATE counter SET n = n + 1
            COPY n# FROM stdin
            |1
            |2
            SELECT ~
            CREATE INDEX CONCURRENTLY n#_id ON n# (slowly(id))
            INSERT INTO n# VALUES (3)
            """, """
            CREATE SCHEMA s#
            SET search_path = s#, public
            VACUUM app_a
            CREATE TABLE inside (id int)
            UPDATE counter SET n = n + 1
            """, """
            CREATE INDEX r# ON app_b (slowly(id))
            REINDEX INDEX CONCURRENTLY r#
            UPDATE counter SET n = n + 1
            """, """
            CREATE TABLE q# (id int) PARTITION BY RANGE (id)
            CREATE TABLE q#_one PARTITION OF q# FOR VALUES FROM (1) TO (10)
            INSERT INTO q# VALUES (1), (2)
            ALTER TABLE q# DETACH PARTITION q#_one CONCURRENTLY
            UPDATE counter SET n = n + 1
            """, """
            -- migrate:batch size=7 pause=2ms
            UPDATE app_c SET marks = marks || '#;' WHERE id IN (SELECT id FROM app_c WHERE marks NOT LIKE '%#%' LIMIT :batch)
            """, """
            INSERT INTO work_log SELECT '# sorted ' || count(*) FROM (SELECT g FROM generate_series(1, 30000) g ORDER BY -g OFFSET 0) s
            UPDATE counter SET n = n + 1
            """);

    private static final String REPEATABLE = """
            CREATE OR REPLACE VIEW summary AS SELECT count(*) AS lines FROM work_log
            INSERT INTO work_log VALUES ('summary')
            """;

    private static final int EXTRA_SCRIPTS = 2;

    /** Of more statements than one message has. */
    private static final int LONG_SCRIPT_STATEMENTS = 1_100;

    private static final int DETACHES_CONCURRENTLY = 14;

    /**
     * Writes one.
     *
     * @param version the oldest major version of PostgreSQL that has to understand it
     */
    static MigrationMix of(long seed, int version) {
        Random random = new Random(seed);
        List<String> templates = new ArrayList<>(TEMPLATES);
        for (int i = 0; i < EXTRA_SCRIPTS; i++) {
            templates.add(TEMPLATES.get(random.nextInt(TEMPLATES.size())));
        }
        if (random.nextBoolean()) {
            templates.add("UPDATE counter SET n = n + 1\n".repeat(LONG_SCRIPT_STATEMENTS));
        }
        templates.removeIf(template -> version < DETACHES_CONCURRENTLY && template.contains("DETACH"));
        Collections.shuffle(templates, random);
        List<Script> scripts = new ArrayList<>();
        for (String template : templates) {
            scripts.add(script("%03d".formatted(scripts.size() + 1), template, random));
        }
        scripts.add(script("R_summary", REPEATABLE, random));
        return new MigrationMix(scripts);
    }

    private static Script script(String version, String template, Random random) {
        Matcher pauses = Pattern.compile("~").matcher(template.replace("#", version));
        String text = pauses.replaceAll(pause -> "pg_sleep(0.0%02d)".formatted(random.nextInt(5, 30)));
        return Script.of(version, Arrays.asList(text.split("\n")));
    }

    /** Writes the files into a folder. */
    void writeTo(Path folder) {
        for (Script script : scripts) {
            String name = script.version().startsWith("R_") ? script.version() : script.version() + "_script";
            try {
                Files.writeString(folder.resolve(name + ".sql"), script.text());
                if (!script.check().isEmpty()) {
                    Files.writeString(folder.resolve(name + ".verify.sql"), script.check());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * One file.
     *
     * @param options its header
     * @param check its verify script; empty if it has none
     */
    record Script(String version, String options, List<Statement> statements, String check) {

        static Script of(String version, List<String> lines) {
            String options = "-- migrate:lock-timeout 300ms\n";
            List<Statement> statements = new ArrayList<>();
            String check = "";
            for (String line : lines) {
                if (line.startsWith("--")) {
                    options += line + "\n";
                } else if (line.startsWith("?")) {
                    check = line.substring(1) + ";\n";
                } else if (line.startsWith("|")) {
                    int last = statements.size() - 1;
                    statements.set(last, statements.get(last).withData(line.substring(1)));
                } else {
                    statements.add(new Statement(line, ""));
                }
            }
            return new Script(version, options, statements, check);
        }

        String text() {
            StringBuilder text = new StringBuilder(options).append('\n');
            for (Statement statement : statements) {
                text.append(statement.sql()).append(";\n");
                if (statement.isCopy()) {
                    text.append(statement.data()).append("\\.\n");
                }
            }
            return text.toString();
        }

        /** Whether its statement runs again and again. */
        boolean isBatched() {
            return options.contains("migrate:batch");
        }

        /** Whether its statements may be done one part after the other. */
        boolean runsInParts() {
            return options.contains("transaction none")
                    || statements.stream().anyMatch(statement -> !statement.fitsIntoOneTransaction());
        }
    }

    /**
     * One statement.
     *
     * @param data what a COPY reads
     */
    record Statement(String sql, String data) {

        private static final Pattern WORK = Pattern.compile("(?:(?:CREATE|DROP|REINDEX)(?: UNIQUE)? INDEX CONCURRENTLY"
                + "|ALTER TABLE \\w+ DETACH PARTITION) (?:IF NOT EXISTS )?(\\w+).*");

        Statement withData(String line) {
            return new Statement(sql, data + line + "\n");
        }

        boolean isCopy() {
            return !data.isEmpty();
        }

        /** Whether the server takes it only outside of a transaction. */
        boolean standsAlone() {
            return sql.startsWith("VACUUM") || sql.contains("CONCURRENTLY");
        }

        boolean fitsIntoOneTransaction() {
            return !standsAlone() && !sql.startsWith("BEGIN") && !sql.startsWith("ALTER TYPE");
        }

        /** What it leaves half done when it is cut off: an index, a partition; null if it leaves nothing. */
        @Nullable String halfDone() {
            Matcher work = WORK.matcher(sql);
            return work.matches() ? work.group(1) : null;
        }
    }
}
