print(db.c.bulkWrite([
  { insertOne: { document: { _id: 1, n: 1 } } },
  { insertOne: { document: { _id: 2, n: 1 } } },
  { updateOne: { filter: { _id: 1 }, update: { $set: { n: 5 } } } },
  { updateMany: { filter: {}, update: { $inc: { n: 1 } } } },
  { replaceOne: { filter: { _id: 9 }, replacement: { r: 1 }, upsert: true } },
  { deleteOne: { filter: { _id: 2 } } },
  { deleteMany: { filter: { none: 1 } } },
]));
print(db.c.find().sort({ _id: 1 }).toArray());
