db.c.insertMany([{ _id: 1, n: 5, s: 'abc' }, { _id: 2, n: 15, s: 'ABD' }, { _id: 3, s: 'xyz', list: [1, 2] }]);
const ids = (query) => db.c.find(query).sort({ _id: 1 }).map((d) => d._id).toArray();
print(ids({ n: { $gt: 5 } }), ids({ n: { $exists: false } }), ids({ s: /^ab/i }), ids({ s: { $regex: '^ab' } }));
print(ids({ $or: [{ n: 5 }, { list: 2 }] }), ids({ _id: { $in: [1, 3] } }), ids({ n: { $not: { $gt: 5 } } }), ids({ list: { $size: 2 } }));
