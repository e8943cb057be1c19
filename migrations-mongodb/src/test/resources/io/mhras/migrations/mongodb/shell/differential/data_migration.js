db.users.insertMany([{ _id: 1, name: 'Ada Lovelace' }, { _id: 2, name: 'Alan Turing' }, { _id: 3, name: 'Plato' }]);
const operations = [];
db.users.find({ name: { $exists: true } }).forEach((user) => {
  const [first, ...others] = user.name.split(' ');
  operations.push({ updateOne: { filter: { _id: user._id }, update: { $set: { first, last: others.join(' ') || null }, $unset: { name: 1 } } } });
  if (operations.length === 2) {
    db.users.bulkWrite(operations.splice(0));
  }
});
if (operations.length > 0) db.users.bulkWrite(operations);
printjson(db.users.find().sort({ _id: 1 }).toArray());
