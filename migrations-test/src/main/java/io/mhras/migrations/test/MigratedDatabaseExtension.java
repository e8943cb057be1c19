package io.mhras.migrations.test;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** Makes the databases that {@link MigratedDatabase} asks for, and gives them to tests as parameters. */
final class MigratedDatabaseExtension
        implements AfterAllCallback, BeforeEachCallback, AfterEachCallback, ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(MigratedDatabaseExtension.class);
    private static final List<String> TYPES = List.of(
            TestDatabase.class.getName(),
            Migrations.class.getName(),
            DataSource.class.getName(),
            JpaSchema.class.getName(),
            "io.mhras.migrations.test.MongoTestDatabase",
            "com.mongodb.client.MongoDatabase");

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return TYPES.contains(parameter.getParameter().getType().getName())
                && !AnnotationSupport.isAnnotated(
                        parameter.getParameter(),
                        SpringTests.annotation("org.springframework.beans.factory.annotation.Autowired"));
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        String name = AnnotationSupport.findAnnotation(parameter.getParameter(), MigratedDatabase.class)
                .map(MigratedDatabase::value)
                .orElse("");
        TestClass test = TestClass.of(context.getRequiredTestClass());
        if (type == Migrations.class) {
            return opened(migrations(test, name, context), context);
        }
        if (type == JpaSchema.class) {
            return new JpaSchema(
                    test.type(),
                    opened(migrations(test, name, context), context),
                    SpringTests.entities(context).of(database(test, name, context)));
        }
        if (type == TestDatabase.class || type == DataSource.class) {
            TestDatabase database = database(test, name, context);
            return type == DataSource.class ? database.dataSource() : database;
        }
        return MongoParameter.resolve(type, () -> mongo(test, name, context));
    }

    private static Migrations opened(Migrations migrations, ExtensionContext context) {
        Migrations fresh = migrations.fresh();
        opened(context).migrations().add(fresh);
        return fresh;
    }

    private static Migrations migrations(TestClass test, String name, ExtensionContext context) {
        return SpringTests.context(context)
                .map(spring -> SpringTests.named(spring, Migrations.class, Migrations::name, name))
                .orElseGet(() -> test.request(name).migrations(test.type()));
    }

    private static TestDatabase database(TestClass test, String name, ExtensionContext context) {
        return SpringTests.context(context)
                .map(spring -> SpringTests.named(spring, TestDatabase.class, TestDatabase::name, name))
                .orElseGet(() -> made(
                        ofClass(test, context),
                        "postgresql:" + test.request(name).name(),
                        TestDatabase.class,
                        () -> test.request(name).migrations(test.type()).database()));
    }

    private static MongoTestDatabase mongo(TestClass test, String name, ExtensionContext context) {
        return SpringTests.context(context)
                .map(spring -> SpringTests.named(spring, MongoTestDatabase.class, MongoTestDatabase::name, name))
                .orElseGet(() -> made(
                        ofClass(test, context),
                        "mongodb:" + test.request(name).name(),
                        MongoTestDatabase.class,
                        () -> MongoTestDatabase.of(test.type(), test.request(name))));
    }

    @SuppressWarnings("deprecation") // JUnit 5 knows it by this name only.
    private static <T> T made(Store store, String key, Class<T> type, Supplier<T> maker) {
        return Objects.requireNonNull(store.getOrComputeIfAbsent(key, made -> maker.get(), type));
    }

    /** What belongs to the class with the annotation, whichever of its nested classes asks. */
    private static Store ofClass(TestClass test, ExtensionContext context) {
        ExtensionContext at = context;
        while (at.getParent().isPresent() && !at.getTestClass().equals(Optional.of(test.type()))) {
            at = at.getParent().get();
        }
        while (at.getTestMethod().isPresent()) {
            at = at.getParent().orElseThrow();
        }
        return at.getStore(NAMESPACE);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        TestClass test = TestClass.of(context.getRequiredTestClass());
        if (SpringTests.context(context).isPresent()) {
            return;
        }
        for (DatabaseRequest declared : test.requests()) {
            if (declared.isPerMethod()) {
                Store store = ofClass(test, context);
                boolean isUsed = store.remove("used:" + declared.name()) != null;
                store.put("used:" + declared.name(), true);
                reset(isUsed, store, declared);
            }
        }
    }

    private static void reset(boolean isUsed, Store store, DatabaseRequest declared) {
        if (!isUsed) {
            return;
        }
        TestDatabase database = store.get("postgresql:" + declared.name(), TestDatabase.class);
        if (database != null) {
            database.reset();
        }
        MongoParameter.reset(store.get("mongodb:" + declared.name()));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        opened(context).close();
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        opened(context).close();
        TestClass test = TestClass.of(context.getRequiredTestClass());
        if (test.type() != context.getRequiredTestClass()) {
            return;
        }
        Store store = context.getStore(NAMESPACE);
        for (DatabaseRequest declared : test.requests()) {
            for (String kind : List.of("postgresql:", "mongodb:")) {
                if (store.remove(kind + declared.name()) instanceof AutoCloseable database) {
                    database.close();
                }
            }
        }
    }

    private static Opened opened(ExtensionContext context) {
        return made(context.getStore(NAMESPACE), context.getUniqueId(), Opened.class, Opened::new);
    }

    /** The migrations that a test, or its class, was given. */
    private record Opened(List<Migrations> migrations) {

        Opened() {
            this(new CopyOnWriteArrayList<>());
        }

        void close() {
            migrations.forEach(Migrations::close);
            migrations.clear();
        }
    }
}
