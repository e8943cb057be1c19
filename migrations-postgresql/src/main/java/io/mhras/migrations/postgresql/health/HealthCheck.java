package io.mhras.migrations.postgresql.health;

import io.mhras.migrations.DatabaseHealth.Finding;
import io.mhras.migrations.DatabaseHealth.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;

/** What is looked for in a database. Each has a query of its name, which returns an object, the problem, and the remedy. */
enum HealthCheck {
    CONNECTIONS(Kind.CONNECTIONS, "whether connections run out"),
    INVALID_INDEX(Kind.INVALID_INDEX, "invalid indexes"),
    FOREIGN_KEY_WITHOUT_INDEX(Kind.FOREIGN_KEY_WITHOUT_INDEX, "foreign keys without an index"),
    BLOAT(Kind.BLOAT, "dead rows"),
    UNUSED_INDEX(Kind.UNUSED_INDEX, "unused indexes");

    private final Kind kind;
    private final String subject;

    HealthCheck(Kind kind, String subject) {
        this.kind = kind;
        this.subject = subject;
    }

    /** What it is about, in a sentence. */
    String subject() {
        return subject;
    }

    /** The name of its query. */
    String query() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-') + "-check";
    }

    Finding finding(ResultSet row, int number) throws SQLException {
        return new Finding(kind, row.getString("object"), row.getString("detail"), row.getString("remedy"));
    }
}
