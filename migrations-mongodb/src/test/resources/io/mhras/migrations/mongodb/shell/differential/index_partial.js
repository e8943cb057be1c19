db.c.createIndex({ email: 1 }, { unique: true, partialFilterExpression: { active: true } });
db.c.insertMany([{ _id: 1, email: 'a', active: true }, { _id: 2, email: 'a' }, { _id: 3, email: 'a', active: false }]);
try {
  db.c.insertOne({ _id: 4, email: 'a', active: true });
} catch (e) {
  print(e.code);
}
print(db.c.getIndexes()[1].partialFilterExpression);
