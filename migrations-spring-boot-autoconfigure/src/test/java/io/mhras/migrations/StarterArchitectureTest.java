package io.mhras.migrations;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;

@AnalyzeClasses(
        packages = {
            "io.mhras.migrations.autoconfigure",
            "io.mhras.migrations.actuate",
            "io.mhras.migrations.observation"
        },
        importOptions = DoNotIncludeTests.class)
class StarterArchitectureTest {

    @ArchTest
    static final ArchRule what_is_not_listed_as_api_is_package_private = classes()
            .that()
            .resideInAPackage("..autoconfigure..")
            .and()
            .areTopLevelClasses()
            .and()
            .haveNameNotMatching(".*AutoConfiguration")
            .and()
            .haveNameNotMatching(
                    ".*\\.(MigrationsProperties|MigrationMode|MigrationRunner|MigratorCustomizer|MigrationDataSource"
                            + "|MigrationConnectionDetails|PropertyNames|WrittenSettings|OtherTool|package-info"
                            // What the rooms of the databases build on.
                            + "|MigratorFactory|Migrators|MainDatabaseCondition|NamedDatabases|NamedDatabaseCondition)")
            .should()
            .bePackagePrivate();

    @ArchTest
    static final ArchRule auto_configurations_are_public_and_final = classes()
            .that()
            .haveNameMatching(".*AutoConfiguration")
            .should()
            .bePublic()
            .andShould()
            .haveModifier(JavaModifier.FINAL);

    @ArchTest
    static final ArchRule only_the_auto_configuration_knows_all_the_others = noClasses()
            .that()
            .resideInAnyPackage("..actuate..", "..observation..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..autoconfigure..");

    @ArchTest
    static final ArchRule only_the_auto_configuration_knows_the_database = noClasses()
            .that()
            .resideInAnyPackage("..actuate..", "..observation..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..migrations.postgresql..", "..migrations.source..", "java.sql..", "javax.sql..");

    @ArchTest
    static final ArchRule packages_make_no_cycle =
            slices().matching("io.mhras.migrations.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule null_is_marked =
            classes().that().haveSimpleName("package-info").should().beAnnotatedWith(NullMarked.class);
}
