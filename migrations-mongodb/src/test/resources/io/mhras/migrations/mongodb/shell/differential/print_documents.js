db.c.insertMany([{ _id: 1, name: 'a', list: [{ x: 1 }, { x: 2 }], sub: { at: new Date(0), n: NumberLong('5') } }, { _id: 2, id: ObjectId('507f1f77bcf86cd799439011'), dec: NumberDecimal('2.50') }]);
print(db.c.find().sort({ _id: 1 }).toArray());
printjson(db.c.find().sort({ _id: 1 }).toArray());
print(db.c.find().sort({ _id: 1 }));
