package io.mhras.migrations.test;

import java.util.List;
import org.assertj.core.api.AbstractAssert;

/** What can be said about a set of migrations. Each is found out on a database of its own. */
public final class MigrationsAssert extends AbstractAssert<MigrationsAssert, Migrations> {

    MigrationsAssert(Migrations actual) {
        super(actual, MigrationsAssert.class);
    }

    /**
     * Each migration has a down script; that leaves the schema as it was before the migration; and all can be applied again,
     * to the same end. There is no data in it.
     */
    public MigrationsAssert areReversible() {
        isNotNull();
        List<String> problems = Reversal.problemsOf(actual);
        if (!problems.isEmpty()) {
            failWithMessage("The migrations in %s are not reversible:%n%n%s", where(), String.join("\n", problems));
        }
        return this;
    }

    /**
     * What they make is what {@code expected-schema.txt} beside them says, which {@code migrations snapshot --update} writes,
     * and so does a run of the test with the setting {@code mhras.test.update-snapshot=true}. A file that was
     * written on another major version of PostgreSQL is not compared, but reported.
     */
    public MigrationsAssert matchSnapshot() {
        isNotNull();
        ExpectedSchema.problemOf(actual).ifPresent(problem -> failWithMessage("%s", problem));
        return this;
    }

    private String where() {
        return String.join(", ", actual.locations());
    }
}
