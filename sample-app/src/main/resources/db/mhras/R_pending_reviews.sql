-- The open reviews in the order in which they have to be taken up.

CREATE OR REPLACE VIEW pending_reviews AS
SELECT q.review_id,
       q.priority,
       q.status,
       q.assigned_to,
       q.escalation_level,
       q.due_at,
       q.due_at < CURRENT_TIMESTAMP AS is_overdue,
       p.prediction_id,
       p.subject_id,
       p.risk_level,
       p.risk_score,
       p.model_name,
       p.model_version
FROM   human_review_queue q
JOIN   predictions        p ON p.prediction_id = q.prediction_id
WHERE  q.status IN ('pending', 'in_review', 'escalated')
ORDER  BY q.escalation_level DESC, q.priority, q.due_at;

COMMENT ON VIEW pending_reviews IS 'Open reviews with their prediction, the most urgent first';
