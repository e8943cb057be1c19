db.c.createIndexes([{ a: 1 }, { b: 1 }]);
db.d.createIndex({ a: 1 });
db.c.dropIndexes();
print(db.c.getIndexes().length, db.d.getIndexes().length);
db.c.createIndexes([{ a: 1 }, { b: 1 }]);
db.c.dropIndexes(['a_1', 'b_1']);
print(db.c.getIndexes().length);
