CREATE TABLE "Bed" (number integer PRIMARY KEY, ward text);
