package io.mhras.migrations.autoconfigure;

import org.springframework.context.annotation.ImportSelector;
import org.springframework.core.type.AnnotationMetadata;

/** Imports what is there for each kind of database; by name, since it stands on top of this package and goes by its settings. */
final class MigratorConfigurations implements ImportSelector {

    /** Whether a migrator is missing is known only after all of them. */
    @Override
    public String[] selectImports(AnnotationMetadata importing) {
        String here = getClass().getPackageName();
        return new String[] {
            here + ".postgresql.PostgresMigratorConfiguration",
            here + ".mongodb.MongoMigratorConfiguration",
            here + ".postgresql.MissingDatabaseConfiguration",
            here + ".mongodb.MissingMongoConfiguration"
        };
    }
}
