print({ a: { b: { c: { d: { e: { f: { g: { h: 1 } } } } } } } });
print([[[[[[[[1]]]]]]]]);
print({ list: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], words: ['one', 'two', 'three', 'four', 'five', 'six', 'seven'] });
const cycle = { name: 'x' };
cycle.self = cycle;
print(cycle);
print(new Map([['a', { b: 1 }]]), new Set([1, 2]), new Error('boom').message, Symbol('s'), new Date(0), /re/g);
print(Array.from({ length: 150 }, (_, i) => i));
print({ long: 'x'.repeat(100), short: 'y' });
