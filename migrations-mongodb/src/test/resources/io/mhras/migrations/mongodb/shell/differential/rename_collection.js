db.a.insertOne({ _id: 1 });
db.a.createIndex({ x: 1 });
db.b.insertOne({ _id: 2 });
print(db.a.renameCollection('z').ok);
try {
  db.z.renameCollection('b');
} catch (e) {
  print(e.code, e.codeName);
}
print(db.z.renameCollection('b', true).ok, db.b.find().toArray(), db.getCollectionNames().sort());
