package io.mhras.migrations.laws;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.mhras.migrations.MigrationDriver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The compiled classes of all modules, and which module each package belongs to. */
final class House {

    static final String ROOT = "io.mhras.migrations";

    private static final List<String> MODULES = List.of(
            "migrations-core",
            "migrations-postgresql",
            "migrations-mongodb",
            "migrations-schema",
            "migrations-jpa",
            "migrations-spring-boot-autoconfigure",
            "migrations-cli",
            "migrations-maven-plugin",
            "migrations-test");

    /** On top of the rooms of the module that treats schemas as data. */
    private static final Set<String> SCHEMA_DOORS = Set.of(
            ROOT + ".schema.Drift",
            ROOT + ".schema.MigrationAuthor",
            ROOT + ".schema.JpaEntities",
            ROOT + ".schema.MongoSchema",
            ROOT + ".schema.PostgresSchema",
            ROOT + ".schema.Rehearsal",
            ROOT + ".schema.SchemaDiff",
            ROOT + ".schema.Squash",
            ROOT + ".schema.StructureFingerprint");

    static final JavaClasses MAIN = imported("target/classes");

    static final JavaClasses TESTS = imported("target/test-classes");

    private static final Map<String, Set<String>> PACKAGES = packages();

    private House() {}

    private static JavaClasses imported(String folder) {
        return new ClassFileImporter()
                .importPaths(MODULES.stream()
                        .map(module -> Path.of("..", module, folder))
                        .filter(Files::isDirectory)
                        .toList());
    }

    private static Map<String, Set<String>> packages() {
        Map<String, Set<String>> packages = new LinkedHashMap<>();
        for (String module : MODULES) {
            Set<String> names = new ClassFileImporter()
                    .importPath(Path.of("..", module, "target/classes")).stream()
                            .map(JavaClass::getPackageName)
                            .collect(Collectors.toCollection(LinkedHashSet::new));
            packages.put(module, names);
        }
        return packages;
    }

    /** All modules that are looked at, each with at least one package. */
    static Map<String, Set<String>> modules() {
        return PACKAGES;
    }

    /** The module that a package of ours belongs to; empty for everybody else's. */
    static String moduleOf(String packageName) {
        return PACKAGES.entrySet().stream()
                .filter(module -> module.getValue().contains(packageName))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("");
    }

    /** Whether this is a driver, and not the engine's wrapper of one. */
    static boolean isDriver(JavaClass type) {
        return type.isAssignableTo(MigrationDriver.class)
                && !type.isInterface()
                && !type.getPackageName().equals(ROOT + ".engine");
    }

    /** Whether this stands on top of its module's rooms: a driver, or what makes something of schemas. */
    static boolean isDoor(JavaClass type) {
        return isDriver(type) || SCHEMA_DOORS.contains(type.getName());
    }

    /** The class that stands in the file. */
    static JavaClass topLevel(JavaClass type) {
        JavaClass outer = type;
        while (outer.getEnclosingClass().isPresent()) {
            outer = outer.getEnclosingClass().get();
        }
        return outer;
    }
}
