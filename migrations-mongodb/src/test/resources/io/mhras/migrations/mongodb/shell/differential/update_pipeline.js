db.c.insertMany([{ _id: 1, first: 'Ada', last: 'Lovelace' }, { _id: 2, first: 'Alan', last: 'Turing' }]);
print(db.c.updateMany({}, [{ $set: { name: { $concat: ['$first', ' ', '$last'] } } }, { $unset: ['first', 'last'] }]));
print(db.c.find().sort({ _id: 1 }).toArray());
