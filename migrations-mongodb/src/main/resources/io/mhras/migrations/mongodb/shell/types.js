// BSON's types and their constructors, as mongosh has them; what is a number, bytes or an id has a file of its own.
(function (shell) {
  'use strict';

  class BSONError extends Error {
    get name() {
      return 'BSONError';
    }
  }

  class Timestamp {
    constructor(t = 0, i = 0) {
      if (t instanceof shell.types.Long) {
        [t, i] = [t.high >>> 0, t.low >>> 0];
      } else if (t !== null && typeof t === 'object' && !t._bsontype) {
        ({ t, i } = t);
      }
      this.t = Number(t);
      this.i = Number(i);
    }
    getHighBits() {
      return this.t;
    }
    getLowBits() {
      return this.i;
    }
    toBigInt() {
      return (BigInt(this.t) << 32n) | BigInt(this.i);
    }
    toString() {
      return this.toBigInt().toString();
    }
    toJSON() {
      return { $timestamp: this.toString() };
    }
    inspect() {
      return `Timestamp({ t: ${this.t}, i: ${this.i} })`;
    }
  }

  class MinKey {
    inspect() {
      return 'MinKey()';
    }
  }

  class MaxKey {
    inspect() {
      return 'MaxKey()';
    }
  }

  class Code {
    constructor(code, scope) {
      this.code = String(code);
      this.scope = scope ?? null;
    }
    toString() {
      return this.code;
    }
    inspect(format) {
      return this.scope === null ? `Code('${this.code}')` : `Code('${this.code}', ${format(this.scope)})`;
    }
  }

  class BSONSymbol {
    constructor(value) {
      this.value = String(value);
    }
    valueOf() {
      return this.value;
    }
    toString() {
      return this.value;
    }
    toJSON() {
      return this.value;
    }
    inspect() {
      return `BSONSymbol('${this.value}')`;
    }
  }

  class BSONRegExp {
    constructor(pattern, options = '') {
      this.pattern = pattern;
      this.options = [...options].sort().join('');
    }
    inspect() {
      return `BSONRegExp('${this.pattern}', '${this.options}')`;
    }
  }

  class DBRef {
    constructor(collection, oid, db, fields) {
      Object.assign(this, { collection, oid, db, fields: fields ?? {} });
    }
    toJSON() {
      return this.toDocument();
    }
    toDocument() {
      const document = { $ref: this.collection, $id: this.oid };
      return Object.assign(document, this.db === undefined ? {} : { $db: this.db }, this.fields);
    }
    inspect(format) {
      return `DBRef('${this.collection}', ${format(this.oid)}${this.db === undefined ? '' : `, '${this.db}'`})`;
    }
  }

  const ISO =
    /^(\d{4})-?(\d{2})-?(\d{2})([T ](\d{2})(:?(\d{2})(:?(\d{2})(\.\d+)?)?)?(Z|([+-])(\d{2}):?(\d{2})?)?)?$/;

  function ISODate(text) {
    if (text === undefined) {
      return new Date();
    }
    if (text instanceof Date) {
      return new Date(text.getTime());
    }
    const parts = ISO.exec(String(text));
    if (!parts) {
      throw shell.invalidInput(`${JSON.stringify(text)} is not a valid ISODate`);
    }
    const [year, month, day, hour, minute, second] = [1, 2, 3, 5, 7, 9].map((group) => Number(parts[group] ?? 0));
    const millis = Math.floor(Number('0' + (parts[10] ?? '')) * 1000 + 1e-6);
    const offset = (parts[12] === '-' ? -1 : 1) * (Number(parts[13] ?? 0) * 60 + Number(parts[14] ?? 0));
    return new Date(Date.UTC(year, month - 1, day, hour, minute, second, millis) - offset * 60_000);
  }

  // mongosh lets its constructors be called without `new`.
  function callable(type) {
    const call = (...args) => new type(...args);
    const constructor = new Proxy(type, { apply: (target, self, args) => call(...args) });
    Object.defineProperty(type.prototype, 'constructor', { value: constructor });
    Object.defineProperty(type.prototype, '_bsontype', { value: type.name });
    Object.defineProperty(type.prototype, Symbol.toStringTag, { value: type.name });
    return constructor;
  }

  shell.types = { BSONError };
  shell.defineTypes = (types) => {
    for (const [name, type] of Object.entries(types)) {
      shell.types[name] = type;
      shell.define(name, callable(type));
    }
  };
  shell.defineTypes({ Timestamp, MinKey, MaxKey, Code, BSONSymbol, BSONRegExp, DBRef });
  shell.define('ISODate', ISODate);
});
