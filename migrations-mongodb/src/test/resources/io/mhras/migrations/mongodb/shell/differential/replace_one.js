db.c.insertOne({ _id: 1, a: 1, b: 2 });
print(db.c.replaceOne({ _id: 1 }, { z: 1 }));
print(db.c.replaceOne({ _id: 2 }, { y: 1 }, { upsert: true }));
print(db.c.find().sort({ _id: 1 }).toArray());
