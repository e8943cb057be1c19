if (!db.getCollectionNames().includes('settings')) {
  db.createCollection('settings');
}
if (db.settings.countDocuments({ _id: 'version' }) === 0) {
  db.settings.insertOne({ _id: 'version', value: 1 });
}
db.settings.find({ value: { $lt: 2 } }).forEach((setting) => {
  db.settings.updateOne({ _id: setting._id }, { $set: { value: 2, migrated: true } });
});
print(db.settings.find().toArray());
