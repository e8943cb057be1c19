db.c.insertOne({ _id: 1, s: 'Grüße 日本語 😀', nul: 'a\u0000b', quote: `it's "quoted"`, line: 'a\nb\tc\\' });
printjson(db.c.findOne());
print(db.c.findOne({ s: /日本/ }) !== null, db.c.findOne().s.length);
