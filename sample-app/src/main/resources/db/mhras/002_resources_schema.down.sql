-- Removes recommendations and the resource catalog, with their data.

DROP TABLE recommendation_resources;
DROP TABLE resource_catalog;
