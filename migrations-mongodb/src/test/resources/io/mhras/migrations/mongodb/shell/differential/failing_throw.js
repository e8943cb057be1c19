db.c.insertOne({ _id: 1 });
if (db.c.countDocuments() === 1) {
  throw new Error('enough');
}
db.c.insertOne({ _id: 2 });
