db.c.insertMany([{ _id: 1, r: /abc/ }, { _id: 2, r: /abc/i }, { _id: 3, r: /abc/gim }, { _id: 4, r: BSONRegExp('a.c', 'x') }]);
print(db.c.find({}, { r: 1 }).sort({ _id: 1 }).limit(2).toArray());
db.t.insertMany([{ _id: 1, s: 'Abc' }, { _id: 2, s: 'xyz' }]);
print(db.t.find({ s: { $regex: 'abc', $options: 'i' } }).toArray(), db.t.find({ s: { $not: /abc/i } }).toArray(), db.t.find({ s: { $in: [/^A/] } }).toArray());
