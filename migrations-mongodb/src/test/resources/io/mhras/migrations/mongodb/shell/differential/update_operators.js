db.c.insertOne({ _id: 1, list: [1, 2, 3], n: 5, name: 'x', tags: [{ k: 'a' }, { k: 'b' }] });
db.c.updateOne({ _id: 1 }, { $push: { list: { $each: [4, 5] } } });
db.c.updateOne({ _id: 1 }, { $pull: { list: 2 } });
db.c.updateOne({ _id: 1 }, { $addToSet: { list: 9 }, $mul: { n: 2 }, $rename: { name: 'title' } });
db.c.updateOne({ _id: 1 }, { $min: { n: 3 } });
db.c.updateOne({ _id: 1 }, { $pop: { list: -1 } });
printjson(db.c.findOne());
