db.c.insertMany([{ _id: 1, a: 1 }, { _id: 2, a: 1 }, { _id: 3, a: 2 }]);
print(db.c.deleteOne({ a: 1 }), db.c.deleteMany({ a: 1 }), db.c.deleteMany({ a: 9 }));
print(db.c.find().toArray());
