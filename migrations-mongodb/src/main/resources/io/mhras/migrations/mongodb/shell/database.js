// Databases: what `db` is in a script.
(function (shell) {
  'use strict';

  class Database {
    #name;
    #mongo;

    constructor(name, mongo) {
      this.#name = name;
      this.#mongo = mongo;
    }

    #command(command, options) {
      return shell.command(this.#name, { ...command, ...shell.options(options) });
    }

    getName() {
      return this.#name;
    }
    getMongo() {
      return this.#mongo;
    }
    getSiblingDB(name) {
      return this.#mongo.getDB(name);
    }
    getCollection(name) {
      return shell.collection(this, name);
    }
    runCommand(command, options) {
      shell.required(command, 0, 'Database.runCommand');
      return this.#command(typeof command === 'string' ? { [command]: 1 } : command, options);
    }
    adminCommand(command) {
      shell.required(command, 0, 'Database.adminCommand');
      return shell.command('admin', typeof command === 'string' ? { [command]: 1 } : command);
    }
    aggregate(pipeline, options) {
      return shell.aggregate(this.#name, pipeline, options);
    }

    createCollection(name, options) {
      return this.#command({ create: shell.required(name, 0, 'Database.createCollection') }, options);
    }
    createView(name, viewOn, pipeline, options) {
      shell.required(name, 0, 'Database.createView');
      shell.required(viewOn, 1, 'Database.createView');
      return this.#command({ create: name, viewOn, pipeline: Array.isArray(pipeline) ? pipeline : [pipeline] }, options);
    }
    getCollectionInfos(filter = {}, options) {
      const found = shell.listed(this.#command({ listCollections: 1, filter, cursor: {} }, options));
      return found.sort((one, other) => (one.name < other.name ? -1 : one.name > other.name ? 1 : 0));
    }
    getCollectionNames() {
      return this.getCollectionInfos({}, { nameOnly: true }).map((collection) => collection.name);
    }
    dropDatabase(writeConcern) {
      return { ok: this.#command({ dropDatabase: 1 }, { writeConcern }).ok, dropped: this.#name };
    }

    createUser({ user, ...options }) {
      return this.#command({ createUser: user, ...options });
    }
    updateUser(user, options) {
      return this.#command({ updateUser: user, ...options });
    }
    changeUserPassword(user, pwd) {
      return this.#command({ updateUser: user, pwd });
    }
    dropUser(user) {
      return this.#command({ dropUser: user });
    }
    removeUser(user) {
      return this.dropUser(user);
    }
    dropAllUsers() {
      return this.#command({ dropAllUsersFromDatabase: 1 });
    }
    getUser(user, options) {
      return this.#command({ usersInfo: { user, db: this.#name } }, options).users[0] ?? null;
    }
    getUsers(options) {
      return this.#command({ usersInfo: 1 }, options);
    }
    grantRolesToUser(user, roles) {
      return this.#command({ grantRolesToUser: user, roles });
    }
    revokeRolesFromUser(user, roles) {
      return this.#command({ revokeRolesFromUser: user, roles });
    }
    createRole({ role, ...options }) {
      return this.#command({ createRole: role, ...options });
    }
    updateRole(role, options) {
      return this.#command({ updateRole: role, ...options });
    }
    dropRole(role) {
      return this.#command({ dropRole: role });
    }
    dropAllRoles() {
      return this.#command({ dropAllRolesFromDatabase: 1 });
    }
    getRole(role, options) {
      return this.#command({ rolesInfo: { role, db: this.#name } }, options).roles[0] ?? null;
    }
    getRoles(options) {
      return this.#command({ rolesInfo: 1 }, options);
    }
    grantRolesToRole(role, roles) {
      return this.#command({ grantRolesToRole: role, roles });
    }
    revokeRolesFromRole(role, roles) {
      return this.#command({ revokeRolesFromRole: role, roles });
    }
    grantPrivilegesToRole(role, privileges) {
      return this.#command({ grantPrivilegesToRole: role, privileges });
    }
    revokePrivilegesFromRole(role, privileges) {
      return this.#command({ revokePrivilegesFromRole: role, privileges });
    }

    stats(options) {
      return this.#command({ dbStats: 1 }, typeof options === 'number' ? { scale: options } : options);
    }
    hello() {
      return this.#command({ hello: 1 });
    }
    isMaster() {
      return this.#command({ isMaster: 1 });
    }
    serverStatus(options) {
      return shell.command('admin', { serverStatus: 1, ...options });
    }
    serverBuildInfo() {
      return shell.command('admin', { buildInfo: 1 });
    }
    version() {
      return this.serverBuildInfo().version;
    }
    // As in mongosh: all users' operations, unless $ownOps; the server has no $all and no $ownOps in a $match.
    currentOp(filter = {}) {
      const { $ownOps, $all, ...match } = typeof filter === 'object' ? filter : { $all: filter };
      const operations = { allUsers: !$ownOps, idleConnections: Boolean($all), truncateOps: false };
      const stages = [{ $currentOp: operations }, { $match: match }];
      return { inprog: shell.aggregate('admin', stages).toArray(), ok: 1 };
    }
    toString() {
      return this.#name;
    }
    get [Symbol.toStringTag]() {
      return 'Database';
    }
  }

  class Mongo {
    #databases = new Map();

    getDB(name) {
      if (typeof name !== 'string' || name === '' || /[/\\. "$*<>:|?\0]/.test(name)) {
        throw shell.invalidInput(`Invalid database name: ${name}`);
      }
      if (!this.#databases.has(name)) {
        const database = new Database(name, this);
        this.#databases.set(name, shell.byName(database, (collection) => shell.collection(database, collection)));
      }
      return this.#databases.get(name);
    }
    getDBs() {
      return shell.command('admin', { listDatabases: 1 });
    }
    getDBNames() {
      return this.getDBs().databases.map((database) => database.name);
    }
    setReadPref() {}
    setReadConcern() {}
    setWriteConcern() {}
    toString() {
      return 'Mongo';
    }
    get [Symbol.toStringTag]() {
      return 'Mongo';
    }
  }
  const isCollectionName = (name) => typeof name === 'string' && name !== '' && !/[$\0]|^\.|\.$/.test(name);

  // db.audits, db.fs.files: what is no method is a collection. db._x and db.stats are not; there is getCollection().
  shell.byName = (target, find) => {
    const found = new Map();
    return new Proxy(target, {
      get(object, name) {
        if (typeof name !== 'string' || name in object || name[0] === '_' || !isCollectionName(name)) {
          const value = object[name];
          return typeof value === 'function' ? boundTo(object, name, value) : value;
        }
        if (['then', 'toJSON', 'toBSON'].includes(name)) {
          return undefined;
        }
        if (!found.has(name)) {
          found.set(name, find(name));
        }
        return found.get(name);
      },
    });
  };

  // A proxy has no private fields: methods run on what is behind it.
  const bound = new WeakMap();
  function boundTo(object, name, method) {
    if (name === 'constructor') {
      return method;
    }
    const methods = bound.get(object) ?? new Map();
    bound.set(object, methods);
    if (!methods.has(name)) {
      methods.set(name, method.bind(object));
    }
    return methods.get(name);
  }

  shell.collection = (database, name) => {
    if (!isCollectionName(name)) {
      throw shell.invalidInput(`Invalid collection name: ${name}`);
    }
    const collection = new shell.Collection(database, name);
    return shell.byName(collection, (nested) => shell.collection(database, `${name}.${nested}`));
  };

  shell.options = (options) => {
    const given = {};
    for (const [name, value] of Object.entries(options ?? {})) {
      if (value !== undefined && !['session', 'readPreference'].includes(name)) {
        given[name] = value;
      }
    }
    return given;
  };
  shell.command = (database, command) => {
    const [name, target] = Object.entries(command)[0] ?? ['', 1];
    const namespace = typeof target === 'string' && name !== 'renameCollection' ? `${database}.${target}` : database;
    return shell.call(name, name === 'renameCollection' ? target : namespace, { database, command });
  };
  shell.listed = (answer) => answer.cursor.firstBatch;
  shell.split = (namespace) => {
    const dot = namespace.indexOf('.');
    return dot < 0 ? [namespace, 1] : [namespace.slice(0, dot), namespace.slice(dot + 1)];
  };
  shell.aggregate = (namespace, pipeline, options) => {
    const cursor = new shell.Cursor('aggregate', namespace, { pipeline }, options);
    const last = pipeline[pipeline.length - 1] ?? {};
    return '$out' in last || '$merge' in last ? cursor.start() : cursor;
  };
  shell.isShellObject = (value) =>
    [Database, shell.Collection, shell.Cursor, Mongo].some((type) => value instanceof type);
  shell.Database = Database;
  shell.mongo = new Mongo();
});
