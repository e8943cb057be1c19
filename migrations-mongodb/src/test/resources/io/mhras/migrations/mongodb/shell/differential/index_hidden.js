db.c.createIndex({ a: 1 });
db.c.hideIndex('a_1');
print(db.c.getIndexes()[1].hidden);
db.c.unhideIndex({ a: 1 });
print(db.c.getIndexes()[1].hidden);
