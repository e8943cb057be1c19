print(db.people.updateOne({ _id: 7 }, { $set: { a: 1 }, $setOnInsert: { b: 2 } }, { upsert: true }));
print(db.people.findOne());
