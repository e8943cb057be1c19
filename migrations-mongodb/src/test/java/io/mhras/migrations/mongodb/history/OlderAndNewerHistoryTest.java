package io.mhras.migrations.mongodb.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.HistoryEntry;
import io.mhras.migrations.HistoryEntry.Kind;
import io.mhras.migrations.MigrationStatus;
import io.mhras.migrations.Target;
import io.mhras.migrations.mongodb.MongoTest;
import io.mhras.migrations.testing.Files;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** A history that other releases write to. */
class OlderAndNewerHistoryTest extends MongoTest {

    private static final Files FILES = new Files().with("001_a.js", "db.createCollection('a');");
    private static final Files MORE = FILES.with("002_b.js", "db.createCollection('b');");

    private void update(String update) {
        mongo.database()
                .getCollection("migration_history")
                .updateMany(new Document("version", "001"), Document.parse(update));
    }

    private List<String> kinds(String version) {
        List<String> kinds = new ArrayList<>();
        mongo.database()
                .getCollection("migration_history")
                .find(new Document("version", version))
                .forEach(event -> kinds.add(event.getString("kind")));
        return kinds;
    }

    @Test
    void whatOnlyANewerReleaseKnowsIsAheadAndRunsNothing() {
        migrator(FILES).migrate(Target.HEAD);
        update("{$set: {event: 'TELEPORTED', where_to: 'Mars', fingerprint: 'unknown'}}");

        assertThat(migrator(FILES).status().summary()).isEqualTo(MigrationStatus.Summary.AHEAD);
        assertThat(migrator(FILES).migrate(Target.HEAD).isUpToDate()).isTrue();
    }

    @Test
    void anEventOfAnOlderReleaseIsThatOfAScript() {
        migrator(FILES).migrate(Target.HEAD);
        update("{$unset: {kind: 1}}");

        assertThat(migrator(FILES).status().summary()).isEqualTo(MigrationStatus.Summary.UP_TO_DATE);
        assertThat(migrator(FILES).history().get(0).recorded().kind()).isEqualTo(Kind.SCRIPT);
        migrator(MORE).migrate(Target.HEAD);
        assertThat(kinds("001")).containsOnlyNulls();
        assertThat(kinds("002")).containsOnly("SCRIPT");
    }

    @Test
    void whatANewerEventSaysBesidesIsRead() {
        migrator(FILES).migrate(Target.HEAD);
        update("{$set: {kind: 'JAVA', revision: '3', release: '1.2', commit: 'abc', structure: 'def'}}");

        HistoryEntry entry = migrator(FILES).history().get(0);

        assertThat(entry.recorded().kind()).isEqualTo(Kind.JAVA);
        assertThat(entry.recorded().revision()).isEqualTo("3");
        assertThat(entry.execution().release()).isEqualTo("1.2");
        assertThat(entry.execution().commit()).isEqualTo("abc");
        assertThat(entry.structure()).isEqualTo("def");
    }
}
