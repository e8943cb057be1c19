db.c.insertOne({ _id: 1, ts: Timestamp(5, 6), ts2: Timestamp({ t: 7, i: 8 }), min: MinKey(), max: MaxKey(), code: Code('function () {}'), nothing: null, undef: undefined, list: [null, undefined, 1], nested: { a: { b: [{ c: 1 }] } }, yes: true, empty: {}, none: [] });
printjson(db.c.findOne());
