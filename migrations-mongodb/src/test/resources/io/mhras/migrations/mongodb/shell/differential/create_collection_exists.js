db.createCollection('a');
try {
  db.createCollection('a', { capped: true, size: 4096 });
} catch (e) {
  print(e.name, e.code, e.codeName);
  if (e.code !== 48) throw e;
}
try {
  db.createCollection('b', { capped: true });
} catch (e) {
  print(e.code, e.codeName, e.message);
}
