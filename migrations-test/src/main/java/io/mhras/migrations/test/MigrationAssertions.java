package io.mhras.migrations.test;

/** Assertions about migrations, beside those of AssertJ. */
public final class MigrationAssertions {

    private MigrationAssertions() {}

    /** Says something about a set of migrations. */
    public static MigrationsAssert assertThat(Migrations migrations) {
        return new MigrationsAssert(migrations);
    }

    /** Says something about entities beside migrations. */
    public static JpaSchemaAssert assertThat(JpaSchema entities) {
        return new JpaSchemaAssert(entities, EntityChange.asked());
    }

    /** Says something about what one migration does to tables that are in use. */
    public static MigrationAssert assertThat(MeasuredMigration migration) {
        return new MigrationAssert(migration);
    }
}
