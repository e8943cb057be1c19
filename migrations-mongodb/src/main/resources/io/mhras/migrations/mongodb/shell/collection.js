// A collection: what `db.audits` is in a script.
(function (shell) {
  'use strict';

  const where = (method) => `Collection.${method}`;

  function namedKeys(keys) {
    const parts = Object.keys(keys).map((field) => `${field}_${keys[field]}`);
    return parts.join('_');
  }

  // An _id is made here and not by the driver: the journal has to see it, and a rerun to make it again.
  function withId(document) {
    const plain = document !== null && typeof document === 'object' && !Array.isArray(document);
    return plain && document._id === undefined ? { _id: shell.newObjectId(), ...document } : document;
  }

  function needsOperators(update) {
    if (!Array.isArray(update) && !Object.keys(update).some((key) => key.startsWith('$'))) {
      throw shell.invalidArgument('Update document requires atomic operators');
    }
  }

  function needsNoOperators(replacement) {
    if (Object.keys(replacement).some((key) => key.startsWith('$'))) {
      throw shell.invalidArgument('Replacement document must not contain atomic operators');
    }
  }

  class Collection {
    #db;
    #name;

    constructor(db, name) {
      this.#db = db;
      this.#name = name;
    }

    #call(operation, args, options) {
      return shell.call(operation, this.getFullName(), { ...args, options: shell.options(options) });
    }
    #command(command, options) {
      return shell.command(this.#db.getName(), { ...command, ...shell.options(options) });
    }

    // ---- inserts

    insertOne(document, options) {
      shell.required(document, 0, where('insertOne'));
      return this.#call('insertOne', { document: withId(document) }, options);
    }
    insertMany(documents, options) {
      shell.required(documents, 0, where('insertMany'));
      if (!Array.isArray(documents)) {
        throw shell.invalidArgument('Argument "docs" must be an array of documents');
      }
      if (documents.length === 0) {
        throw shell.invalidArgument('Invalid BulkOperation, Batch cannot be empty');
      }
      return this.#call('insertMany', { documents: documents.map(withId) }, options);
    }
    insert(documents, options) {
      shell.required(documents, 0, where('insert'));
      return this.insertMany(Array.isArray(documents) ? documents : [documents], options);
    }

    // ---- updates

    updateOne(filter, update, options) {
      return this.#update('updateOne', filter, update, options);
    }
    updateMany(filter, update, options) {
      return this.#update('updateMany', filter, update, options);
    }
    #update(operation, filter, update, options) {
      shell.required(filter, 0, where(operation));
      needsOperators(shell.required(update, 1, where(operation)));
      return this.#call(operation, { filter, update }, options);
    }
    replaceOne(filter, replacement, options) {
      shell.required(filter, 0, where('replaceOne'));
      needsNoOperators(shell.required(replacement, 1, where('replaceOne')));
      return this.#call('replaceOne', { filter, replacement }, options);
    }
    update(filter, update, { multi, ...options } = {}) {
      shell.required(update, 1, where('update'));
      const operators = Array.isArray(update) || Object.keys(update).some((key) => key.startsWith('$'));
      return !operators
        ? this.replaceOne(filter, update, options)
        : multi
          ? this.updateMany(filter, update, options)
          : this.updateOne(filter, update, options);
    }

    // ---- deletes

    deleteOne(filter, options) {
      return this.#call('deleteOne', { filter: shell.required(filter, 0, where('deleteOne')) }, options);
    }
    deleteMany(filter, options) {
      return this.#call('deleteMany', { filter: shell.required(filter, 0, where('deleteMany')) }, options);
    }
    remove(filter, options) {
      shell.required(filter, 0, where('remove'));
      const { justOne, ...others } = options === true ? { justOne: true } : (options ?? {});
      return justOne ? this.deleteOne(filter, others) : this.deleteMany(filter, others);
    }

    // ---- several at once, and find-and-change

    bulkWrite(operations, options) {
      shell.required(operations, 0, where('bulkWrite'));
      const sent = operations.map((operation) => {
        // As in js-bson, and unlike insertOne, the caller's document gets its _id.
        const document = operation.insertOne && (operation.insertOne.document ?? operation.insertOne);
        if (document && document._id === undefined) {
          document._id = shell.newObjectId();
        }
        return document ? { insertOne: { document } } : operation;
      });
      if (sent.length === 0) {
        throw shell.invalidArgument('Invalid BulkOperation, Batch cannot be empty');
      }
      return this.#call('bulkWrite', { operations: sent }, options);
    }
    initializeOrderedBulkOp() {
      return new shell.Bulk(this, true);
    }
    initializeUnorderedBulkOp() {
      return new shell.Bulk(this, false);
    }
    findOneAndUpdate(filter, update, options) {
      shell.required(filter, 0, where('findOneAndUpdate'));
      needsOperators(shell.required(update, 1, where('findOneAndUpdate')));
      return this.#call('findOneAndUpdate', { filter, update }, options);
    }
    findOneAndReplace(filter, replacement, options) {
      shell.required(filter, 0, where('findOneAndReplace'));
      needsNoOperators(shell.required(replacement, 1, where('findOneAndReplace')));
      return this.#call('findOneAndReplace', { filter, replacement }, options);
    }
    findOneAndDelete(filter, options) {
      return this.#call('findOneAndDelete', { filter: shell.required(filter, 0, where('findOneAndDelete')) }, options);
    }
    findAndModify({ query = {}, update, remove, fields, new: after, ...options }) {
      const settings = { projection: fields, ...options };
      if (remove) {
        return this.findOneAndDelete(query, settings);
      }
      const returned = { ...settings, returnDocument: after ? 'after' : 'before' };
      const operators = Array.isArray(update) || Object.keys(update).some((key) => key.startsWith('$'));
      return operators ? this.findOneAndUpdate(query, update, returned) : this.findOneAndReplace(query, update, returned);
    }

    // ---- reads

    find(filter = {}, projection, options) {
      return new shell.Cursor('find', this.getFullName(), { filter: filter ?? {} }, { projection, ...options });
    }
    findOne(filter, projection, options) {
      return this.find(filter, projection, options).limit(1).next();
    }
    aggregate(...args) {
      const [pipeline, options] = Array.isArray(args[0]) ? args : [args, {}];
      return shell.aggregate(this.getFullName(), pipeline, options);
    }
    countDocuments(filter = {}, options) {
      return this.#call('countDocuments', { filter }, options);
    }
    count(filter = {}, options) {
      return this.countDocuments(filter, options);
    }
    estimatedDocumentCount(options) {
      return this.#call('estimatedDocumentCount', {}, options);
    }
    distinct(field, query = {}, options) {
      shell.required(field, 0, where('distinct'));
      return this.#command({ distinct: this.#name, key: field, query }, options).values;
    }
    explain(verbosity) {
      const explained = (cursor) => cursor.explain(verbosity);
      return {
        find: (...args) => explained(this.find(...args)),
        aggregate: (...args) => explained(this.aggregate(...args)),
      };
    }

    // ---- indexes

    createIndex(keys, options, commitQuorum) {
      return this.createIndexes([shell.required(keys, 0, where('createIndex'))], options, commitQuorum)[0];
    }
    ensureIndex(keys, options) {
      return [this.createIndex(keys, options)];
    }
    createIndexes(specifications, options, commitQuorum) {
      shell.required(specifications, 0, where('createIndexes'));
      // These belong to the command; the server refuses them in an index. The write concern is the runner's.
      const { name, maxTimeMS, comment, writeConcern, ...others } = shell.options(options);
      const indexes = specifications.map((key) => ({ ...others, name: name ?? namedKeys(key), key }));
      this.#command({ createIndexes: this.#name, indexes }, { commitQuorum, maxTimeMS, comment });
      return indexes.map((index) => index.name);
    }
    getIndexes() {
      return shell.listed(this.#command({ listIndexes: this.#name, cursor: {} }));
    }
    getIndices() {
      return this.getIndexes();
    }
    getIndexSpecs() {
      return this.getIndexes();
    }
    getIndexKeys() {
      return this.getIndexes().map((index) => index.key);
    }
    dropIndex(index) {
      shell.required(index, 0, where('dropIndex'));
      if (index === '*') {
        throw shell.invalidInput(
          "To drop indexes in the collection using '*', use db.collection.dropIndexes().",
        );
      }
      return this.dropIndexes(index);
    }
    dropIndexes(index = '*') {
      return this.#command({ dropIndexes: this.#name, index });
    }
    reIndex() {
      return this.#command({ reIndex: this.#name });
    }
    hideIndex(index) {
      return this.#hide(index, true);
    }
    unhideIndex(index) {
      return this.#hide(index, false);
    }
    #hide(index, hidden) {
      const found = typeof index === 'string' ? { name: index } : { keyPattern: index };
      return this.#command({ collMod: this.#name, index: { ...found, hidden } });
    }
    totalIndexSize() {
      return this.stats().totalIndexSize;
    }

    // ---- the collection itself

    drop(options) {
      try {
        this.#command({ drop: this.#name }, options);
        return true;
      } catch (error) {
        if (error.code === 26) {
          return false;
        }
        throw error;
      }
    }
    renameCollection(to, dropTarget = false) {
      shell.required(to, 0, where('renameCollection'));
      const target = `${this.#db.getName()}.${to}`;
      return shell.command('admin', { renameCollection: this.getFullName(), to: target, dropTarget });
    }
    convertToCapped(size) {
      return this.#command({ convertToCapped: this.#name, size });
    }
    exists() {
      return this.#db.getCollectionInfos({ name: this.#name })[0] ?? null;
    }
    isCapped() {
      return this.exists()?.options.capped === true;
    }
    getOptions() {
      return this.exists()?.options ?? {};
    }
    stats(options) {
      const { scale, ...others } = typeof options === 'number' ? { scale: options } : (options ?? {});
      return this.#command({ collStats: this.#name }, { scale, ...others });
    }
    dataSize() {
      return this.stats().size;
    }
    storageSize() {
      return this.stats().storageSize;
    }
    totalSize() {
      return (this.stats().storageSize ?? 0) + (this.stats().totalIndexSize ?? 0);
    }
    validate(options = {}) {
      return this.#command({ validate: this.#name, ...(typeof options === 'boolean' ? { full: options } : options) });
    }
    compact(options) {
      return this.#command({ compact: this.#name }, options);
    }
    runCommand(command, options) {
      return typeof command === 'string'
        ? this.#command({ [command]: this.#name }, options)
        : this.#command(command, options);
    }
    getName() {
      return this.#name;
    }
    getFullName() {
      return `${this.#db.getName()}.${this.#name}`;
    }
    getDB() {
      return this.#db;
    }
    getMongo() {
      return this.#db.getMongo();
    }
    toString() {
      return this.getFullName();
    }
    get [Symbol.toStringTag]() {
      return 'Collection';
    }
  }

  shell.Collection = Collection;
});
