print('text', 1, 1.5, -0, true, null, undefined, 10n, [1, 'a'], { a: 'b' });
print();
printjson('text');
printjson(5);
printjson([{ a: 1, b: [1, 2] }]);
console.log('a', { b: 1 });
print([undefined, null, -0, 'it\'s', "both ' and \""]);
print({ 'a-b': 1, $x: 2, 3: 4, fn: function named() {}, arrow: () => 1, cls: class A {} });
