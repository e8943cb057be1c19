db.sales.insertMany([{ _id: 1, k: 'a', n: 1 }, { _id: 2, k: 'a', n: 2 }, { _id: 3, k: 'b', n: 5 }]);
db.sales.aggregate([{ $group: { _id: '$k', sum: { $sum: '$n' } } }, { $out: 'sums' }]);
print(db.sums.find().sort({ _id: 1 }).toArray());
