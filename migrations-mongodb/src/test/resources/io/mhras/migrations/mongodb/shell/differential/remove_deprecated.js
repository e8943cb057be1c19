db.c.insertMany([{ _id: 1 }, { _id: 2 }, { _id: 3 }]);
print(db.c.remove({ _id: 1 }), db.c.remove({}, true), db.c.remove({}, { justOne: true }));
