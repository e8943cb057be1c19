// What a script finds beside `db`.
(function (shell) {
  'use strict';

  const text = (value, compact) => (value === undefined ? '' : shell.inspect(value, compact));
  const printed = (kind, values, compact) => {
    shell.host(kind, values.map((value) => text(value, compact)).join(' '));
  };
  const print = (...values) => printed('print', values, true);
  const printjson = (...values) => printed('print', values, false);
  const warn = (...values) => printed('warn', values, true);

  shell.define('print', print);
  shell.define('printjson', printjson);
  const console = { log: print, info: print, warn, error: warn, debug: print, trace: print, dir: print };
  shell.define('console', console);
  shell.define('sleep', (millis) => {
    shell.host('sleep', String(Number(millis)));
    shell.passTime(Number(millis));
  });
  shell.define('load', (file) => {
    const problem = shell.host('load', String(file));
    if (problem) {
      throw shell.invalidInput(problem);
    }
    return true;
  });
  shell.define('isInteractive', () => false);
  shell.define('version', () => '2.0.0');
  shell.define('getMongo', () => shell.mongo);

  class AssertionError extends Error {
    get name() {
      return 'AssertionError';
    }
  }
  const same = (one, other) => shell.encode(one) === shell.encode(other);
  function check(holds, message, otherwise) {
    if (!holds) {
      throw message instanceof Error ? message : new AssertionError(message ?? otherwise());
    }
  }
  const shown = (value) => (typeof value === 'string' ? `'${value}'` : shell.inspect(value));
  const assert = (value, message) => check(value, message, () => `${shown(value)} == true`);
  assert.ok = assert;
  assert.equal = (one, other, message) => check(one == other, message, () => `${shown(one)} == ${shown(other)}`);
  assert.notEqual = (one, other, message) => check(one != other, message, () => `${shown(one)} != ${shown(other)}`);
  assert.strictEqual = (one, other, message) =>
    check(Object.is(one, other), message, () => `${shown(one)} !== ${shown(other)}`);
  assert.notStrictEqual = (one, other, message) =>
    check(!Object.is(one, other), message, () => `${shown(one)} === ${shown(other)}`);
  assert.deepEqual = (one, other, message) =>
    check(same(one, other), message, () => `${shown(one)} is not ${shown(other)}`);
  assert.deepStrictEqual = assert.deepEqual;
  assert.throws = (action, message) => {
    let failed = false;
    try {
      action();
    } catch {
      failed = true;
    }
    check(failed, typeof message === 'string' ? message : undefined, () => 'Missing expected exception.');
  };
  assert.fail = (message = 'Failed') => check(false, message, () => message);
  shell.define('assert', assert);

  shell.define('use', (name) => {
    shell.define('db', shell.mongo.getDB(name));
    return `switched to db ${name}`;
  });

  const refused = JSON.parse(shell.host('refused', ''));
  const refuse = (methods, prefix, place) => {
    for (const [name, instead] of Object.entries(methods)) {
      place(name, shell.refuse(`${prefix}${name}()`, instead));
    }
  };
  const on = (prototype) => (name, method) => (prototype[name] = method);
  refuse(refused.functions, '', shell.define);
  refuse(refused.database, 'db.', on(shell.Database.prototype));
  refuse(refused.collection, 'db.collection.', on(shell.Collection.prototype));
  refuse(refused.connection, '', on(Object.getPrototypeOf(shell.mongo)));

  // The engine's own entry points: they lead nowhere, and scripts must not find them.
  for (const name of ['Polyglot', 'Java', 'Packages', 'java', 'javax', 'javafx', 'com', 'org', 'edu', 'Graal', 'graal']) {
    delete globalThis[name];
  }
  shell.define('db', shell.mongo.getDB(shell.databaseName));
});
