try {
  db.people.insertMany([{ _id: 1 }, { _id: 1 }, { _id: 3 }]);
} catch (e) {
  print(e.name, e.code, e.codeName, e.message);
}
print(db.people.distinct('_id'));
