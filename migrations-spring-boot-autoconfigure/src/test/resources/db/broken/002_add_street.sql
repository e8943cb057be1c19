ALTER TABLE address ADD city text;
ALTER TABLE adress ADD street text;
