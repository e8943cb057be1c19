package io.mhras.migrations.test;

import io.mhras.migrations.MigrationException.Refused;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * The class that has the annotations, which a nested class shares.
 *
 * @param type the class
 * @param requests what each of its annotations says
 */
public record TestClass(Class<?> type, List<DatabaseRequest> requests) {

    /**
     * Looks for the annotations of a class, or of one around it.
     *
     * @throws Refused if two of them contradict each other
     */
    public static TestClass of(Class<?> test) {
        Class<?> at = test;
        List<MigratedDatabase> found = find(at);
        while (found.isEmpty() && at.getEnclosingClass() != null) {
            at = at.getEnclosingClass();
            found = find(at);
        }
        Set<String> names = new HashSet<>();
        for (MigratedDatabase annotation : found) {
            if (!names.add(annotation.value())) {
                throw new Refused(
                        "Two @MigratedDatabase annotations of " + test.getSimpleName()
                                + " contradict each other: both are "
                                + (annotation.value().isEmpty()
                                        ? "for the database without a name."
                                        : "for the database '" + annotation.value() + "'."),
                        "Take one away, or give it a name: @MigratedDatabase(\"billing\").");
            }
        }
        return new TestClass(at, found.stream().map(TestClass::request).toList());
    }

    private static List<MigratedDatabase> find(Class<?> type) {
        return AnnotationSupport.findRepeatableAnnotations(type, MigratedDatabase.class);
    }

    private static DatabaseRequest request(MigratedDatabase annotation) {
        return new DatabaseRequest(
                annotation.value(),
                List.of(annotation.locations()),
                DatabaseRequest.placeholders(annotation.placeholders()),
                annotation.schema(),
                List.of(annotation.properties()),
                annotation.per() == MigratedDatabase.Per.METHOD);
    }

    /** What is said about the database of this name. */
    DatabaseRequest request(String name) {
        return DatabaseRequest.choose(requests, DatabaseRequest::name, name);
    }
}
