'use strict';
globalThis.shared = 5;
var plain = 6;
function hoisted() {
  return shared + plain;
}
db.c.insertOne({ _id: hoisted() });
print(typeof db, typeof print, this === undefined || typeof this);
