db.a.insertMany([{ _id: 1, b: 1 }, { _id: 2, b: 9 }]);
db.b.insertOne({ _id: 1, name: 'one' });
printjson(db.a.aggregate([{ $lookup: { from: 'b', localField: 'b', foreignField: '_id', as: 'found' } }, { $sort: { _id: 1 } }]).toArray());
