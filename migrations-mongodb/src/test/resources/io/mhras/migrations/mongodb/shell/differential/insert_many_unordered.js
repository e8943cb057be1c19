db.people.insertOne({ _id: 2 });
try {
  db.people.insertMany([{ _id: 1 }, { _id: 2 }, { _id: 3 }], { ordered: false });
} catch (e) {
  print(e.name, e.code, e.message, e.writeErrors.length, e.writeErrors[0].index, e.result.insertedCount);
}
print(db.people.countDocuments());
