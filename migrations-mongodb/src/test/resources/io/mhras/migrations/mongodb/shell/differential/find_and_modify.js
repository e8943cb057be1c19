db.c.insertOne({ _id: 1, n: 1 });
print(db.c.findOneAndUpdate({ _id: 1 }, { $inc: { n: 1 } }));
print(db.c.findOneAndUpdate({ _id: 1 }, { $inc: { n: 1 } }, { returnDocument: 'after' }));
print(db.c.findOneAndUpdate({ _id: 1 }, { $inc: { n: 1 } }, { returnNewDocument: true, projection: { n: 1, _id: 0 } }));
print(db.c.findAndModify({ query: { _id: 1 }, update: { $set: { x: 1 } }, new: true }));
print(db.c.findOneAndReplace({ _id: 1 }, { y: 1 }));
print(db.c.findOneAndDelete({ _id: 1 }), db.c.findOneAndDelete({ _id: 1 }));
