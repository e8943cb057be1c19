package io.mhras.migrations.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test class a database of its own, with all migrations applied.
 *
 * <p>In a Spring test the service's {@code DataSource} leads to it, and the files are those that the service has configured.
 * Everywhere a test may take a parameter of type {@link TestDatabase}, {@link Migrations} or {@code DataSource}.
 *
 * <p>Where there are {@code .js} files, it is a MongoDB database, or both; see {@link MongoTestDatabase}.
 *
 * <p>On a parameter it says which of several databases is meant.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.PARAMETER})
@Repeatable(MigratedDatabases.class)
@ExtendWith(MigratedDatabaseExtension.class)
public @interface MigratedDatabase {

    /**
     * The database's name, where there are several: the one below {@code mhras.migrations.databases} in a Spring test, any
     * other without Spring.
     */
    String value() default "";

    /**
     * Folders of migrations, {@code classpath:} or {@code filesystem:}. By default what the service has configured; without
     * Spring {@code classpath:db/migration}, of a database with a name {@code classpath:db/<name>}.
     */
    String[] locations() default {};

    /** What to write in place of {@code ${name}} in the files, each as {@code name=value}. */
    String[] placeholders() default {};

    /** The schema of the history, and of what the scripts make. By default what the service has configured. */
    String schema() default "";

    /**
     * In a Spring test, what further settings lead to this database: for {@code billing.datasource} the values of {@code
     * billing.datasource.url}, {@code .jdbc-url}, {@code .username} and {@code .password} are set.
     */
    String[] properties() default {};

    /** For whom the database is made anew. */
    Per per() default Per.CLASS;

    /** For whom a database is made anew. */
    enum Per {
        /** For each test class. */
        CLASS,
        /** For each test method. */
        METHOD
    }
}
