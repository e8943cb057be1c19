const result = db.people.insertOne({ _id: 1, name: 'Ada', born: ISODate('1815-12-10') });
print(result);
printjson(db.people.findOne({ _id: 1 }));
