class Counter {
  #count = 0;
  next() {
    return ++this.#count;
  }
}
const counter = new Counter();
const { a, ...rest } = { a: 1, b: 2, c: 3 };
const fns = [];
for (let i = 0; i < 3; i++) fns.push(() => i);
for (const [key, value] of Object.entries(rest)) db.c.insertOne({ _id: key, value: value ?? 0, n: counter.next() });
print(a, rest, fns.map((f) => f()), [1, [2, [3]]].flat(Infinity), { ...rest, x: null?.y }, `t${1 + 1}`);
function* ids() {
  yield 1;
  yield 2;
}
db.g.insertMany([...ids()].map((_id) => ({ _id })));
print(new Set([1, 1, 2]).size, new Map([['k', 1]]).get('k'), 2 ** 10, Object.fromEntries([['z', 1]]), 'abc'.at(-1), [3, 1, 2].sort());
