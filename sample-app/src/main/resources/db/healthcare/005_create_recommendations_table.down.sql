-- Removes recommendations and their items, with their data.

DROP TABLE recommendation_items;
DROP TABLE recommendations;
