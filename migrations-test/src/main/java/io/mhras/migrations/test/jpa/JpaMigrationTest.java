package io.mhras.migrations.test.jpa;

import io.mhras.migrations.test.MigratedDatabase;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.data.jpa.test.autoconfigure.DataJpaTest;
import org.springframework.core.annotation.AliasFor;

/**
 * A test that compares a service's entities with its migrations: {@code @DataJpaTest} and {@link MigratedDatabase} in one.
 *
 * <pre>{@code
 * @JpaMigrationTest
 * class SchemaTest {
 *
 *     @Test
 *     void entitiesMatchMigrations(JpaSchema entities) {
 *         assertThat(entities).matchMigrations();
 *     }
 * }
 * }</pre>
 *
 * <p>Where configuration classes have a part in what the entities become, {@code @Import} them; or write
 * {@code @SpringBootTest @MigratedDatabase} instead.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@DataJpaTest(showSql = false)
@MigratedDatabase
public @interface JpaMigrationTest {

    /** Settings of the application, each as {@code key=value}. */
    @AliasFor(annotation = DataJpaTest.class, attribute = "properties")
    String[] properties() default {"spring.jpa.hibernate.ddl-auto=none"};
}
