INSERT INTO patient (id, name) VALUES (1, 'Ada');
