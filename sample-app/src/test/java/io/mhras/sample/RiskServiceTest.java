package io.mhras.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.mhras.migrations.testing.TestServer;
import io.mhras.migrations.testing.TestServer.TestDatabase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

/** What the MHRAS service does with its tables. */
final class RiskServiceTest {

    private static TestDatabase database;
    private static RunningSample sample;

    private final String subject = "subject-" + UUID.randomUUID();

    @BeforeAll
    static void start() {
        database = TestServer.newDatabase();
        sample = RunningSample.start(SampleSystem.MHRAS, database);
    }

    @AfterAll
    static void stop() {
        sample.close();
        database.close();
    }

    @Test
    void consentIsKeptAndShown() {
        consent().expectStatus().isCreated().expectHeader().location("/consents?subject=" + subject);

        var body =
                sample.get("/consents?subject=" + subject).expectStatus().isOk().expectBody();
        body.jsonPath("$.length()").isEqualTo(1);
        body.jsonPath("$[0].status").isEqualTo("granted");
        body.jsonPath("$[0].purpose").isEqualTo("risk_assessment");
        body.jsonPath("$[0].grantedAt").isNotEmpty();
        assertThat(auditTrail()).containsExactly("consent.recorded granted");
    }

    @Test
    void theSameConsentTwiceIsAConflict() {
        consent().expectStatus().isCreated();

        consent()
                .expectStatus()
                .isEqualTo(409)
                .expectBody()
                .jsonPath("$.detail")
                .isEqualTo("There is such an entry already.");
        assertThat(auditTrail()).hasSize(1);
    }

    @Test
    void aRequestThatMakesNoSenseIsRefusedFieldByField() {
        var body = sample.post(
                        "/consents",
                        Map.of("subjectId", " ", "dataType", "gossip", "expiresAt", "2001-01-01T00:00:00Z"))
                .expectStatus()
                .isBadRequest()
                .expectBody();

        body.jsonPath("$.errors.subjectId").isEqualTo("must not be blank");
        body.jsonPath("$.errors.dataType")
                .value(text -> assertThat((String) text).contains("wearable"));
        body.jsonPath("$.errors.expiresAt").isEqualTo("must be a future date");
        body.jsonPath("$.errors.recordedBy").isEqualTo("must not be blank");
    }

    @Test
    void noPredictionIsTakenWithoutConsent() {
        predict("0.2").expectStatus().isForbidden();

        consent();
        predict("0.2").expectStatus().isCreated();
    }

    @Test
    void aWithdrawnConsentIsNone() {
        consent();
        sample.post("/consents/" + consentId() + "/withdrawal", Map.of("recordedBy", "nurse"))
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo("withdrawn");

        predict("0.2").expectStatus().isForbidden();
        sample.post("/consents/" + consentId() + "/withdrawal", Map.of("recordedBy", "nurse"))
                .expectStatus()
                .isNotFound();
        assertThat(auditTrail()).containsExactly("consent.recorded granted", "consent.withdrawn withdrawn");
    }

    @Test
    void aLowRiskGoesToNobody() {
        consent();

        predict("0.2").expectBody().jsonPath("$.riskLevel").isEqualTo("low");

        assertThat(pendingReviews()).isEmpty();
    }

    @Test
    void aCriticalRiskIsReviewedOnce() {
        consent();
        var prediction = predict("0.91").expectStatus().isCreated().expectBody();
        prediction.jsonPath("$.riskLevel").isEqualTo("critical");
        prediction.jsonPath("$.requiresHumanReview").isEqualTo(true);
        prediction.jsonPath("$.contributingFactors").isEqualTo(List.of("sleep", "heart rate"));

        assertThat(pendingReviews()).hasSize(1);
        PendingReview review = pendingReviews().get(0);
        assertThat(review.priority()).isEqualTo(1);
        assertThat(review.isOverdue()).isFalse();

        decide(review.reviewId()).expectStatus().isNoContent();

        assertThat(pendingReviews()).isEmpty();
        decide(review.reviewId()).expectStatus().isNotFound();
        assertThat(auditTrail())
                .containsExactly(
                        "consent.recorded granted", "prediction.recorded critical", "review.completed confirmed");
    }

    @Test
    void aPredictionIsFoundByItsNumberAndByItsSubject() {
        consent();
        predict("0.4");

        sample.get("/predictions?subject=" + subject)
                .expectBody()
                .jsonPath("$[0].predictionId")
                .value(id -> sample.get("/predictions/" + id)
                        .expectStatus()
                        .isOk()
                        .expectBody()
                        .jsonPath("$.riskLevel")
                        .isEqualTo("moderate"));
        sample.get("/predictions/" + UUID.randomUUID()).expectStatus().isNotFound();
    }

    @Test
    void theOtherSystemsHaveNoneOfThis() {
        try (TestDatabase other = TestServer.newDatabase();
                RunningSample auditor = RunningSample.start(SampleSystem.AUDITOR, other)) {
            auditor.get("/consents?subject=x").expectStatus().isNotFound();
            auditor.get("/reviews").expectStatus().isNotFound();
        }
    }

    private ResponseSpec consent() {
        return sample.post(
                "/consents",
                Map.of("subjectId", subject, "dataType", "wearable", "policyVersion", "2026-1", "recordedBy", "nurse"));
    }

    private ResponseSpec predict(String score) {
        Map<String, Object> prediction = new HashMap<>();
        prediction.put("subjectId", subject);
        prediction.put("riskScore", score);
        prediction.put("confidence", "0.8");
        prediction.put("contributingFactors", List.of("sleep", "heart rate"));
        prediction.put("modelName", "mood-risk");
        prediction.put("modelVersion", "4.2");
        prediction.put("featureHash", "0a".repeat(32));
        return sample.post("/predictions", prediction);
    }

    private ResponseSpec decide(UUID reviewId) {
        return sample.post(
                "/reviews/" + reviewId + "/decision", Map.of("decision", "confirmed", "decidedBy", "physician"));
    }

    private List<PendingReview> pendingReviews() {
        List<PendingReview> reviews = sample.get("/reviews")
                .expectStatus()
                .isOk()
                .expectBody(new ParameterizedTypeReference<List<PendingReview>>() {})
                .returnResult()
                .getResponseBody();
        return reviews == null
                ? List.of()
                : reviews.stream()
                        .filter(review -> subject.equals(review.subjectId()))
                        .toList();
    }

    private UUID consentId() {
        return JdbcClient.create(database.dataSource())
                .sql("SELECT consent_id FROM consent WHERE subject_id = ?")
                .param(subject)
                .query(UUID.class)
                .single();
    }

    private List<String> auditTrail() {
        return JdbcClient.create(database.dataSource())
                .sql("SELECT event_type || ' ' || decision FROM audit_log WHERE subject_id = ? ORDER BY audit_id")
                .param(subject)
                .query(String.class)
                .list();
    }

    private record PendingReview(UUID reviewId, String subjectId, int priority, boolean isOverdue) {}
}
