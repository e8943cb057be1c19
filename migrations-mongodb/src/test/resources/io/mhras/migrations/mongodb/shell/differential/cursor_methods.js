for (let i = 0; i < 10; i++) db.c.insertOne({ _id: i, mod: i % 3 });
print(db.c.find({ mod: 1 }).sort({ _id: -1 }).limit(2).toArray());
print(db.c.find().sort({ _id: 1 }).skip(8).map((d) => d._id).toArray());
print(db.c.find({}, { mod: 1, _id: 0 }).limit(1).toArray());
print(db.c.find({ mod: 0 }).count(), db.c.find({ mod: 0 }).itcount(), db.c.find().size());
const cursor = db.c.find().sort({ _id: 1 }).limit(2);
while (cursor.hasNext()) print(cursor.next()._id);
print(cursor.hasNext(), cursor.isExhausted());
