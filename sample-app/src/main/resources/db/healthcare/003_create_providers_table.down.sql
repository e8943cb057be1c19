-- Removes visits and providers, with their data.

DROP TABLE visits;
DROP TABLE providers;
