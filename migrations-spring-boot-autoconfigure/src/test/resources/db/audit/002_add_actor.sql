ALTER TABLE entry ADD COLUMN actor text NOT NULL DEFAULT '${actor}';
