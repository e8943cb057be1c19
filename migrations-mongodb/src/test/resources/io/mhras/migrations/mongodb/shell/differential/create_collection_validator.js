db.createCollection('audits', {
  validator: { $jsonSchema: { bsonType: 'object', required: ['title', 'severity'], properties: {
    title: { bsonType: 'string', minLength: 1 }, severity: { enum: ['low', 'high'] }, score: { bsonType: ['int', 'null'], minimum: 0, maximum: 100 } } } },
  validationLevel: 'strict', validationAction: 'error' });
db.audits.insertOne({ _id: 1, title: 'a', severity: 'low', score: 5 });
for (const bad of [{ title: '', severity: 'low' }, { title: 'b' }, { title: 'c', severity: 'none' }, { title: 'd', severity: 'low', score: 101 }, { title: 'e', severity: 'low', score: 1.5 }]) {
  try {
    db.audits.insertOne(bad);
    print('accepted', bad.title);
  } catch (e) {
    print(e.name, e.code, e.codeName, e.message);
  }
}
try {
  db.audits.updateOne({ _id: 1 }, { $set: { severity: 'x' } });
} catch (e) {
  print(e.code);
}
print(db.audits.countDocuments());
