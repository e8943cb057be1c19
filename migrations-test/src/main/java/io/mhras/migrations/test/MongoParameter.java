package io.mhras.migrations.test;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Loaded with MongoDB's driver only. */
final class MongoParameter {

    private MongoParameter() {}

    static Object resolve(Class<?> type, Supplier<MongoTestDatabase> database) {
        return type == MongoTestDatabase.class ? database.get() : database.get().database();
    }

    static void reset(@Nullable Object database) {
        if (database instanceof MongoTestDatabase mongo) {
            mongo.reset();
        }
    }
}
