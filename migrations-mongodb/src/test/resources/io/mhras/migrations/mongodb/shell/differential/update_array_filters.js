db.c.insertOne({ _id: 1, grades: [{ g: 80 }, { g: 95 }, { g: 99 }] });
print(db.c.updateOne({ _id: 1 }, { $set: { 'grades.$[high].top': true } }, { arrayFilters: [{ 'high.g': { $gt: 90 } }] }));
printjson(db.c.findOne());
