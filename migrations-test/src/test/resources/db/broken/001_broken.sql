CREATE TABLE fine (id bigint);

CREATE TABLE broken (id no_such_type);
