db.sales.insertMany([{ _id: 1, k: 'a', n: 1 }, { _id: 2, k: 'a', n: 2 }, { _id: 3, k: 'b', n: 5 }]);
print(db.sales.aggregate([{ $group: { _id: '$k', sum: { $sum: '$n' } } }, { $sort: { _id: 1 } }]).toArray());
print(db.sales.aggregate([{ $match: { k: 'a' } }, { $count: 'how' }]).next());
db.sales.aggregate([{ $sort: { _id: 1 } }, { $project: { n: 1 } }]).forEach((d) => print(d));
print(db.sales.aggregate({ $match: { k: 'b' } }, { $project: { _id: 1 } }).toArray());
