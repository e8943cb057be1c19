const a = NumberLong('9223372036854775806');
print(a.add(NumberLong('1')), a.add(NumberLong('2')), a.subtract(NumberLong('6')).divide(NumberLong('2')), a.modulo(NumberLong('7')));
print(a.equals(NumberLong('9223372036854775806')), a.greaterThan(NumberLong('1')), a.isNegative(), a.negate(), NumberLong('12').multiply(NumberLong('12')).toNumber());
