db.c.insertOne({ _id: 1 });
try {
  db.c.bulkWrite([{ insertOne: { document: { _id: 2 } } }, { insertOne: { document: { _id: 1 } } }, { insertOne: { document: { _id: 3 } } }]);
} catch (e) {
  print(e.name, e.code, e.message, e.result.insertedCount, e.writeErrors.map((w) => w.index));
}
print(db.c.countDocuments());
