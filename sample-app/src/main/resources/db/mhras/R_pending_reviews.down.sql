-- Removes the view of open reviews.

DROP VIEW pending_reviews;
