const id = ObjectId('507f1f77bcf86cd799439011');
db.c.insertOne({ _id: id, ref: ObjectId('507f191e810c19729de860ea') });
print(id, id.toString(), id.getTimestamp(), id.equals(db.c.findOne()._id), db.c.findOne({ _id: ObjectId('507f1f77bcf86cd799439011') }) !== null);
print(ObjectId.isValid('507f1f77bcf86cd799439011'), ObjectId.isValid('x'), JSON.stringify({ id }));
try {
  ObjectId('x');
} catch (e) {
  print(e.name, e.message);
}
