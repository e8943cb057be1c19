package io.mhras.migrations.laws;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/** The laws of the house. */
@AnalyzeClasses(
        packages = "io.mhras.migrations",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.WithoutDouble.class})
class ArchitectureTest {

    /** The double of MongoDB's server is a module of its own, and nothing of the core's. */
    static final class WithoutDouble implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/io/mhras/migrations/testing/");
        }
    }

    private static final String ROOT = "io.mhras.migrations";

    @ArchTest
    static final ArchRule theRootKnowsNoSubpackage = noClasses()
            .that()
            .resideInAPackage(ROOT)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + ".(*)..");

    @ArchTest
    static final ArchRule thereAreNoCycles =
            slices().matching("io.mhras.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule everyPackageIsNullMarked = classes()
            .should(new ArchCondition<>("be in a @NullMarked package") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                        events.add(SimpleConditionEvent.violated(type, type.getPackageName() + " is not @NullMarked"));
                    }
                }
            });
}
