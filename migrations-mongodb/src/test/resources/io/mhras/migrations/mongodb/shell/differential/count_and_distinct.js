db.c.insertMany([{ _id: 1, k: 'a' }, { _id: 2, k: 'b' }, { _id: 3, k: 'a' }]);
print(db.c.countDocuments(), db.c.countDocuments({ k: 'a' }), db.c.estimatedDocumentCount(), db.c.distinct('k'), db.c.distinct('k', { _id: { $gt: 1 } }));
print(db.none.countDocuments(), db.none.distinct('k'), db.none.findOne(), db.none.find().toArray());
