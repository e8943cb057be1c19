-- Who currently allows which kind of data to be used, and for what.

CREATE OR REPLACE VIEW active_consent AS
SELECT subject_id,
       data_type,
       purpose,
       policy_version,
       granted_at,
       expires_at
FROM   consent
WHERE  status = 'granted'
AND    (expires_at IS NULL OR expires_at > CURRENT_TIMESTAMP);

COMMENT ON VIEW active_consent IS 'Consent that is granted and has not expired';
