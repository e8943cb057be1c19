db.people.insertMany([{ _id: 1, n: 1 }, { _id: 2, n: 1 }]);
print(db.people.updateOne({ n: 1 }, { $set: { seen: true }, $inc: { n: 10 } }));
print(db.people.updateOne({ _id: 99 }, { $set: { a: 1 } }));
print(db.people.find().sort({ _id: 1 }).toArray());
