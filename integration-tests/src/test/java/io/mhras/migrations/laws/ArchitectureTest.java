package io.mhras.migrations.laws;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static io.mhras.migrations.laws.House.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.mhras.migrations.contract.MigrationDriverContract;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The laws of the house that compiled classes can break, over all modules. */
class ArchitectureTest {

    private static final int MOST_TYPES_IN_A_PACKAGE = 35;
    private static final int MOST_TYPES_IN_A_KNOT = 4;

    /** Besides each module's root package; everything else is internal to its module. */
    private static final Set<String> API = Set.of(
            ROOT,
            ROOT + ".engine",
            ROOT + ".source",
            ROOT + ".adopt",
            ROOT + ".text",
            ROOT + ".postgresql",
            ROOT + ".mongodb",
            ROOT + ".schema",
            ROOT + ".schema.report",
            ROOT + ".jpa",
            ROOT + ".autoconfigure",
            ROOT + ".test",
            ROOT + ".test.jpa");

    /** What is internal, and used by the module that treats schemas as data as well: each language is read in one place. */
    private static final Set<String> FRIENDS = Set.of(ROOT + ".postgresql.sql", ROOT + ".mongodb.shell");

    @Test
    void allModulesAreSeen() {
        assertThat(House.modules())
                .allSatisfy(
                        (module, packages) -> assertThat(packages).as(module).isNotEmpty());
    }

    @Test
    void theRootKnowsWordsOnly() {
        knowOnly(ROOT, ROOT + ".text");
    }

    @Test
    void wordsKnowNothing() {
        knowOnly(ROOT + ".text");
    }

    @Test
    void filesAndOtherToolsHistoriesKnowTheRootOnly() {
        knowOnly(ROOT + ".source", ROOT, ROOT + ".text");
        knowOnly(ROOT + ".adopt", ROOT, ROOT + ".text");
    }

    @Test
    void theEngineKnowsNoDatabase() {
        knowOnly(ROOT + ".engine", ROOT, ROOT + ".text", ROOT + ".source", ROOT + ".adopt");
    }

    @Test
    void driversKnowTheRootAndThemselves() {
        knowOnly(ROOT + ".postgresql..", ROOT, ROOT + ".text");
        knowOnly(ROOT + ".mongodb..", ROOT, ROOT + ".text");
    }

    @Test
    void whatReadsEntitiesKnowsNothing() {
        knowOnly(ROOT + ".jpa..");
    }

    @Test
    void aSchemaAsDataKnowsTheEngineTheDriversAndTheirLexers() {
        Set<String> known = new TreeSet<>(FRIENDS);
        known.addAll(List.of(
                ROOT,
                ROOT + ".text",
                ROOT + ".engine",
                ROOT + ".source",
                ROOT + ".adopt",
                ROOT + ".postgresql",
                ROOT + ".mongodb"));
        knowOnly(ROOT + ".schema..", known.toArray(String[]::new));
    }

    private static void knowOnly(String packages, String... known) {
        noClasses()
                .that()
                .resideInAPackage(packages)
                .should()
                .dependOnClassesThat(new DescribedPredicate<>("are ours and none of " + List.of(known)) {
                    @Override
                    public boolean test(JavaClass type) {
                        return type.getPackageName().startsWith(ROOT)
                                && !JavaClass.Predicates.resideInAPackage(packages)
                                        .test(type)
                                && !List.of(known).contains(type.getPackageName());
                    }
                })
                .check(House.MAIN);
    }

    @Test
    void roomsDoNotKnowTheDoor() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".postgresql.(*)..", ROOT + ".mongodb.(*)..", ROOT + ".schema.(*)..")
                .should()
                .dependOnClassesThat(new DescribedPredicate<>("are drivers") {
                    @Override
                    public boolean test(JavaClass type) {
                        return House.isDoor(type);
                    }
                })
                .check(House.MAIN);
    }

    @Test
    void onlyTheLexersRoomLooksAtTheCharactersOfSql() {
        classes()
                .that()
                .haveSimpleName("SqlCharacters")
                .should()
                .onlyHaveDependentClassesThat()
                .resideInAPackage(ROOT + ".postgresql.sql")
                .check(House.MAIN);
    }

    @Test
    void onlyTheShellsRoomReadsTheTokensOfJavaScript() {
        classes()
                .that()
                .haveSimpleName("JavaScriptLexer")
                .should()
                .onlyHaveDependentClassesThat()
                .resideInAPackage(ROOT + ".mongodb.shell")
                .check(House.MAIN);
    }

    @Test
    void everyDriverPassesTheContract() {
        Set<String> drivers = House.MAIN.stream()
                .filter(House::isDriver)
                .map(JavaClass::getPackageName)
                .collect(Collectors.toSet());
        Set<String> tested = House.TESTS.stream()
                .filter(type -> type.isAssignableTo(MigrationDriverContract.class))
                .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
                .map(JavaClass::getPackageName)
                .collect(Collectors.toSet());

        assertThat(drivers).isNotEmpty().isSubsetOf(tested);
    }

    @Test
    void whatIsNoApiIsUsedByItsOwnModuleOnly() {
        classes()
                .should(new ArchCondition<>("use only the API of other modules") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        String module = House.moduleOf(type.getPackageName());
                        type.getDirectDependenciesFromSelf().forEach(dependency -> {
                            String used = dependency
                                    .getTargetClass()
                                    .getBaseComponentType()
                                    .getPackageName();
                            String other = House.moduleOf(used);
                            boolean isFriend = module.equals("migrations-schema") && FRIENDS.contains(used);
                            if (!other.isEmpty() && !other.equals(module) && !API.contains(used) && !isFriend) {
                                events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
                            }
                        });
                    }
                })
                .check(House.MAIN);
    }

    @Test
    void theEngineAndTheDriversKnowNoSpringBoot() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        ROOT + ".autoconfigure..",
                        ROOT + ".actuate..",
                        ROOT + ".observation..",
                        ROOT + ".cli..",
                        ROOT + ".jpa.boot..",
                        ROOT + ".test.jpa..",
                        ROOT + ".test.spring..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework.boot..")
                .check(House.MAIN);
    }

    @Test
    void ofSpringTheCoreKnowsResourcesInItsSourceRoomOnly() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT, ROOT + ".text", ROOT + ".engine", ROOT + ".adopt")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework..")
                .check(House.MAIN);
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".source")
                .should()
                .dependOnClassesThat(new DescribedPredicate<>("are Spring's, but for spring-core") {
                    @Override
                    public boolean test(JavaClass type) {
                        return type.getPackageName().startsWith("org.springframework.")
                                && !type.getPackageName().startsWith("org.springframework.core.")
                                && !type.getPackageName().equals("org.springframework.util");
                    }
                })
                .check(House.MAIN);
    }

    /** A driver's root holds its door, on top of the rooms, and its settings, below them. */
    @Test
    void packagesMakeNoCycle() {
        slices().assignedFrom(new SliceAssignment() {
                    @Override
                    public SliceIdentifier getIdentifierOf(JavaClass type) {
                        return SliceIdentifier.of(
                                type.getPackageName() + (House.isDoor(House.topLevel(type)) ? " (door)" : ""));
                    }

                    @Override
                    public String getDescription() {
                        return "packages, and the doors of drivers";
                    }
                })
                .should()
                .beFreeOfCycles()
                .check(House.MAIN);
    }

    @Test
    void noKnotHasMoreThanFourTypes() {
        assertThat(Knots.of(House.MAIN))
                .allSatisfy(knot -> assertThat(knot).hasSizeLessThanOrEqualTo(MOST_TYPES_IN_A_KNOT));
    }

    @Test
    void aKnotIsSeen() {
        assertThat(Knots.of(Map.of(
                        "A", Set.of("B"), "B", Set.of("C"), "C", Set.of("A", "D"), "D", Set.of(), "E", Set.of("A"))))
                .containsExactly(Set.of("A", "B", "C"));
    }

    @Test
    void noPackageHasMoreThanThirtyFiveFiles() {
        Map<String, Set<String>> files = new TreeMap<>();
        House.MAIN.stream()
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .map(House::topLevel)
                .forEach(type -> files.computeIfAbsent(type.getPackageName(), name -> new TreeSet<>())
                        .add(type.getName()));

        assertThat(files)
                .isNotEmpty()
                .allSatisfy(
                        (room, types) -> assertThat(types).as(room).hasSizeLessThanOrEqualTo(MOST_TYPES_IN_A_PACKAGE));
    }

    @Test
    void everyPackageIsNullMarked() {
        classes()
                .should(new ArchCondition<>("be in a @NullMarked package") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                            events.add(
                                    SimpleConditionEvent.violated(type, type.getPackageName() + " is not @NullMarked"));
                        }
                    }
                })
                .check(House.MAIN);
    }
}
