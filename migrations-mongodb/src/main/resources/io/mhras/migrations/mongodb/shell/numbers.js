// BSON's numbers: Long, Int32, Double and Decimal128.
(function (shell) {
  'use strict';

  const { BSONError } = shell.types;

  function integer(value) {
    if (value instanceof Long) {
      return value.toBigInt();
    }
    if (value !== null && typeof value === 'object' && value._bsontype) {
      value = value.toString();
    }
    if (typeof value === 'number' && !Number.isSafeInteger(value)) {
      throw new RangeError(
        `NumberLong(${value}): JavaScript may have read another number than was written; write it as text, NumberLong('...')`,
      );
    }
    if (typeof value === 'string' && !/^\s*[-+]?[0-9]+\s*$/.test(value)) {
      throw new BSONError(`NumberLong('${value}'): not an integer`);
    }
    const exact = BigInt(value);
    if (exact !== BigInt.asIntN(64, exact)) {
      throw new RangeError(`NumberLong('${exact}'): does not fit into 64 bits`);
    }
    return exact;
  }

  class Long {
    #value;
    constructor(low = 0, high) {
      const bits = () => (BigInt(high) << 32n) | BigInt(low >>> 0);
      this.#value = typeof high === 'number' ? BigInt.asIntN(64, bits()) : integer(low);
    }
    static #of(value) {
      return new Long(BigInt.asIntN(64, value));
    }
    static {
      const operations = {
        add: (a, b) => a + b,
        subtract: (a, b) => a - b,
        multiply: (a, b) => a * b,
        divide: (a, b) => a / b,
        modulo: (a, b) => a % b,
        and: (a, b) => a & b,
        or: (a, b) => a | b,
        xor: (a, b) => a ^ b,
        shiftLeft: (a, b) => a << b,
        shiftRight: (a, b) => a >> b,
      };
      const comparisons = {
        equals: (a, b) => a === b,
        notEquals: (a, b) => a !== b,
        greaterThan: (a, b) => a > b,
        greaterThanOrEqual: (a, b) => a >= b,
        lessThan: (a, b) => a < b,
        lessThanOrEqual: (a, b) => a <= b,
        compare: (a, b) => (a < b ? -1 : a > b ? 1 : 0),
      };
      const aliases = {
        sub: 'subtract', mul: 'multiply', div: 'divide', mod: 'modulo', rem: 'modulo', shl: 'shiftLeft',
        shr: 'shiftRight', eq: 'equals', neq: 'notEquals', ne: 'notEquals', gt: 'greaterThan', comp: 'compare',
        gte: 'greaterThanOrEqual', ge: 'greaterThanOrEqual', lt: 'lessThan', lte: 'lessThanOrEqual', le: 'lessThanOrEqual',
      };
      const method = (name, value) =>
        Object.defineProperty(Long.prototype, name, { value, writable: true, configurable: true });
      for (const [name, operation] of Object.entries(operations)) {
        method(name, function (other) {
          return Long.#of(operation(this.#value, integer(other)));
        });
      }
      for (const [name, comparison] of Object.entries(comparisons)) {
        method(name, function (other) {
          return comparison(this.#value, integer(other));
        });
      }
      for (const [alias, name] of Object.entries(aliases)) {
        method(alias, Long.prototype[name]);
      }
    }
    static fromString(text) {
      return new Long(text);
    }
    static fromNumber(value) {
      return new Long(BigInt(Math.trunc(value)));
    }
    static fromInt(value) {
      return new Long(value | 0);
    }
    static fromBigInt(value) {
      return Long.#of(value);
    }
    static fromBits(low, high) {
      return new Long(low, high);
    }
    static fromValue(value) {
      return new Long(value);
    }
    static isLong(value) {
      return value instanceof Long;
    }
    negate() {
      return Long.#of(-this.#value);
    }
    isZero() {
      return this.#value === 0n;
    }
    isNegative() {
      return this.#value < 0n;
    }
    get low() {
      return Number(BigInt.asIntN(32, this.#value));
    }
    get high() {
      return Number(BigInt.asIntN(32, this.#value >> 32n));
    }
    get unsigned() {
      return false;
    }
    toNumber() {
      return Number(this.#value);
    }
    toInt() {
      return this.low;
    }
    toBigInt() {
      return this.#value;
    }
    toString(radix) {
      return this.#value.toString(radix);
    }
    toJSON() {
      return { high: this.high, low: this.low, unsigned: false };
    }
    inspect() {
      return `Long('${this.#value}')`;
    }
  }

  class Int32 {
    constructor(value = 0) {
      this.value = Number(value) | 0;
    }
    valueOf() {
      return this.value;
    }
    toString(radix) {
      return this.value.toString(radix);
    }
    toJSON() {
      return this.value;
    }
    inspect() {
      return `Int32(${this.value})`;
    }
  }

  class Double {
    constructor(value = 0) {
      this.value = Number(value);
    }
    valueOf() {
      return this.value;
    }
    toString(radix) {
      return this.value.toString(radix);
    }
    toJSON() {
      return this.value;
    }
    inspect() {
      return `Double(${Object.is(this.value, -0) ? '-0' : this.value})`;
    }
  }

  const DECIMAL = /^[-+]?(([0-9]+\.?[0-9]*|\.[0-9]+)(e[-+]?[0-9]+)?|inf(inity)?|nan)$/i;

  class Decimal128 {
    #text;
    constructor(value = '0') {
      this.#text = String(value);
      if (!DECIMAL.test(this.#text)) {
        throw new BSONError(this.#text + ' not a valid Decimal128 string');
      }
    }
    static fromString(text) {
      return new Decimal128(text);
    }
    toString() {
      return this.#text;
    }
    toJSON() {
      return { $numberDecimal: this.#text };
    }
    inspect() {
      return `Decimal128('${this.#text}')`;
    }
  }

  shell.defineTypes({ Long, Int32, Double, Decimal128 });
  shell.define('NumberLong', globalThis.Long);
  shell.define('NumberInt', globalThis.Int32);
  shell.define('NumberDecimal', globalThis.Decimal128);
  Object.assign(Long, { ZERO: new Long(0), ONE: new Long(1) });
  Object.assign(Long, { MAX_VALUE: new Long(2n ** 63n - 1n), MIN_VALUE: new Long(-(2n ** 63n)) });
});
