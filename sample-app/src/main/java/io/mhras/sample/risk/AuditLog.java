package io.mhras.sample.risk;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The audit trail. Written in the transaction of what it tells of. */
@Component
@MhrasOnly
class AuditLog {

    private final JdbcClient jdbc;

    AuditLog(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void write(String eventType, Actor actor, String subjectId, String entityType, UUID entityId, String decision) {
        jdbc.sql("""
                        INSERT INTO audit_log
                               (event_type, actor_type, actor_id, subject_id, entity_type, entity_id, decision)
                        VALUES (:event, :actorType, :actorId, :subject, :entityType, :entityId, :decision)
                        """)
                .param("event", eventType)
                .param("actorType", actor.type())
                .param("actorId", actor.id())
                .param("subject", subjectId)
                .param("entityType", entityType)
                .param("entityId", entityId.toString())
                .param("decision", decision)
                .update();
    }

    /** Who did it. */
    record Actor(String type, String id) {

        static Actor user(String id) {
            return new Actor("user", id);
        }

        static Actor model(String id) {
            return new Actor("model", id);
        }
    }
}
