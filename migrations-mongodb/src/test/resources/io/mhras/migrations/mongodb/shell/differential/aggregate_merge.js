db.sales.insertMany([{ _id: 1, k: 'a', n: 1 }, { _id: 2, k: 'b', n: 2 }]);
db.sums.insertOne({ _id: 'a', sum: 0, kept: true });
db.sales.aggregate([{ $group: { _id: '$k', sum: { $sum: '$n' } } }, { $merge: { into: 'sums' } }]);
print(db.sums.find().sort({ _id: 1 }).toArray());
