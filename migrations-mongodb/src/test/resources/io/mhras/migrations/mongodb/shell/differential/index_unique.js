db.c.createIndex({ email: 1 }, { unique: true });
db.c.insertOne({ _id: 1, email: 'a' });
try {
  db.c.insertOne({ _id: 2, email: 'a' });
} catch (e) {
  print(e.name, e.code, e.codeName);
}
db.d.insertMany([{ x: 1 }, { x: 1 }]);
try {
  db.d.createIndex({ x: 1 }, { unique: true });
} catch (e) {
  print(e.name, e.code, e.codeName);
}
print(db.d.getIndexes().length);
