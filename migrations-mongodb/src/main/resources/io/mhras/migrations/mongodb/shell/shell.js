// The ground that the other files build on: each adds to the object that this one makes.
(function (host, scriptName, databaseName) {
  'use strict';

  return {
    scriptName,
    databaseName,
    host: (kind, text) => host(kind, text, 0, 0),
    define(name, value) {
      Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
    },
  };
});
