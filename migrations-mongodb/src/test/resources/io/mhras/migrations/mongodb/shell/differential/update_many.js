db.people.insertMany([{ _id: 1 }, { _id: 2 }, { _id: 3, old: 1 }]);
print(db.people.updateMany({}, { $set: { status: 'new' }, $unset: { old: '' } }));
print(db.people.updateMany({ none: 1 }, { $set: { x: 1 } }).matchedCount);
