db.c.insertMany([{ _id: 1, a: 1, b: 2 }, { _id: 2, a: 1 }]);
print(db.c.findOne(), db.c.findOne({ _id: 2 }), db.c.findOne({ a: 1 }, { b: 1, _id: 0 }), db.c.findOne({ none: 1 }));
