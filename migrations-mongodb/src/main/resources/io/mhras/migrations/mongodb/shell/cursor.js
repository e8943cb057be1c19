// Cursors: nothing is asked before the first document is, and then a batch at a time.
(function (shell) {
  'use strict';

  class Cursor {
    #operation;
    #namespace;
    #args;
    #options;
    #transform = (document) => document;
    #batch = [];
    #at = 0;
    #id;
    #closed = false;

    constructor(operation, namespace, args, options) {
      this.#operation = operation;
      this.#namespace = namespace;
      this.#args = args;
      this.#options = shell.options(options);
    }

    static {
      const settings = [
        'sort', 'limit', 'skip', 'batchSize', 'hint', 'collation', 'comment', 'maxTimeMS', 'maxAwaitTimeMS', 'min',
        'max', 'readConcern', 'let',
      ];
      const switches = ['allowDiskUse', 'noCursorTimeout', 'returnKey', 'showRecordId', 'allowPartialResults'];
      const method = (name, value) =>
        Object.defineProperty(Cursor.prototype, name, { value, writable: true, configurable: true });
      for (const name of settings) {
        method(name, function (value) {
          return this.#set(name, value);
        });
      }
      for (const name of switches) {
        method(name, function (value = true) {
          return this.#set(name, value);
        });
      }
      for (const name of ['project', 'projection']) {
        method(name, function (value) {
          return this.#set('projection', value);
        });
      }
      for (const name of ['pretty', 'readPref', 'maxScan']) {
        method(name, function () {
          return this;
        });
      }
      for (const name of ['tailable', 'addOption']) {
        method(name, shell.refuse(`cursor.${name}()`, 'A migration reads what is there, and ends.'));
      }
    }

    #set(name, value) {
      if (this.#id !== undefined) {
        throw new Error('Cursor is already initialized');
      }
      if (value === undefined) {
        delete this.#options[name];
      } else {
        this.#options[name] = value;
      }
      return this;
    }

    // Called at once for a pipeline that writes.
    start() {
      if (this.#id === undefined && !this.#closed) {
        this.#take(shell.call(this.#operation, this.#namespace, { ...this.#args, options: this.#options }));
      }
      return this;
    }

    #take({ batch, cursor }) {
      this.#batch = batch;
      this.#at = 0;
      this.#id = cursor;
    }

    #fill() {
      this.start();
      while (this.#at >= this.#batch.length && this.#id !== null && !this.#closed) {
        this.#take(shell.call('getMore', this.#namespace, { cursor: this.#id }));
      }
      return this.#at < this.#batch.length;
    }

    hasNext() {
      return this.#fill();
    }

    next() {
      return this.#fill() ? this.#transform(this.#batch[this.#at++]) : null;
    }

    tryNext() {
      return this.next();
    }

    map(change) {
      const before = this.#transform;
      this.#transform = (document) => change(before(document));
      return this;
    }

    forEach(action) {
      while (this.hasNext()) {
        if (action(this.next()) === false) {
          break;
        }
      }
    }

    toArray() {
      const all = [];
      while (this.hasNext()) {
        all.push(this.next());
      }
      return all;
    }

    itcount() {
      return this.toArray().length;
    }

    count() {
      const { skip, limit, hint, collation, maxTimeMS } = this.#options;
      const options = shell.options({ skip, limit, hint, collation, maxTimeMS });
      return shell.call('countDocuments', this.#namespace, { filter: this.#args.filter, options });
    }

    size() {
      return this.count();
    }

    explain(verbosity = 'queryPlanner') {
      const [database, collection] = shell.split(this.#namespace);
      const { projection, ...options } = this.#options;
      const asked =
        this.#operation === 'find'
          ? { find: collection, filter: this.#args.filter, ...shell.options({ projection }), ...options }
          : { aggregate: collection, pipeline: this.#args.pipeline, cursor: {}, ...options };
      return shell.command(database, { explain: asked, verbosity });
    }

    objsLeftInBatch() {
      return this.#batch.length - this.#at;
    }

    isExhausted() {
      return this.#id === null && this.objsLeftInBatch() === 0;
    }

    isClosed() {
      return this.#closed || this.isExhausted();
    }

    close() {
      if (this.#id !== undefined && this.#id !== null && !this.#closed) {
        shell.call('killCursors', this.#namespace, { cursor: this.#id });
      }
      this.#batch = [];
      this.#at = 0;
      this.#id = null;
      this.#closed = true;
    }

    *[Symbol.iterator]() {
      while (this.hasNext()) {
        yield this.next();
      }
    }

    async *[Symbol.asyncIterator]() {
      for (const document of this) {
        yield document;
      }
    }

    get [Symbol.toStringTag]() {
      return 'Cursor';
    }
  }

  shell.Cursor = Cursor;
});
