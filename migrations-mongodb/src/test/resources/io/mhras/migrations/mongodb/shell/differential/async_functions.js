async function main() {
  await db.c.insertOne({ _id: 1 });
  const found = await db.c.find().toArray();
  print(found.length, (await db.c.countDocuments()) === 1);
  for await (const document of db.c.find()) print(document);
}
main();
