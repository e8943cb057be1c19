const value = { l: NumberLong('5'), i: 5, f: 1.5, d: new Date(0), o: ObjectId('507f1f77bcf86cd799439011'), b: BinData(0, 'AQID'), dec: NumberDecimal('1'), r: /a/i, ts: Timestamp(1, 2), n: null, list: [1, { a: 1 }], big: 3000000000 };
print(EJSON.stringify(value));
print(EJSON.stringify(value, { relaxed: false }));
print(EJSON.stringify({ a: [1] }, null, 2));
print(EJSON.parse('{"a":{"$numberLong":"5"},"o":{"$oid":"507f1f77bcf86cd799439011"},"d":{"$date":"2020-01-01T00:00:00Z"},"x":[1.5]}'));
print(JSON.stringify(value.o), JSON.stringify(value.d), JSON.stringify({ l: value.l, dec: value.dec }));
