-- Removes the view of active consent.

DROP VIEW active_consent;
