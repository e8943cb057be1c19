db.c.insertMany([{ _id: 1, a: 1 }, { _id: 2, a: 1 }]);
print(db.c.update({ a: 1 }, { $set: { b: 1 } }));
print(db.c.update({ a: 1 }, { $set: { c: 1 } }, { multi: true }).modifiedCount);
