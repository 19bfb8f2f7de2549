import { type Document, EJSON } from 'bson';
import { readTyped, writeDocument } from '../values/documents.ts';
import { StoreError } from '../values/errors.ts';
import type { Collection } from './collection.ts';
import { knownFormat, writeFormat } from './file.ts';
import { normalSpec } from './index-spec.ts';
import { duplicateKey, entriesOf, type Index, indexOf, noTraits, sameKey, type Traits } from './indexes.ts';
import { documentOf, noteTraits, rowAt, scanRows } from './records.ts';
import type { Storage } from './storage.ts';

const tables = [
  `CREATE TABLE IF NOT EXISTS collections (id INTEGER PRIMARY KEY AUTOINCREMENT, database TEXT NOT NULL,
    name TEXT NOT NULL, options BLOB NOT NULL, UNIQUE (database, name))`,
  `CREATE TABLE IF NOT EXISTS indexes (id INTEGER PRIMARY KEY AUTOINCREMENT, collection INTEGER NOT NULL,
    spec BLOB NOT NULL, multikey INTEGER NOT NULL, unordered INTEGER NOT NULL DEFAULT 0)`,
];

/** What the catalog needs of the file. */
type File = Pick<Storage, 'main' | 'format' | 'write' | 'onLoss'>;

type Key = { key: Uint8Array; rid: number };

/** Which collections and indexes there are. */
export class Catalog {
  readonly #storage: File;
  #collections = new Map<string, Collection>();
  /** The id that was given out last to something prepared. It is negative until the collection is adopted. */
  #prepared = 0;

  /** Reads the catalog of the SQLite file. In a new file it first makes its tables. */
  constructor(storage: File) {
    this.#storage = storage;
    for (const table of tables) storage.main.exec(table);
    this.#upgradeTables();
    this.#load();
    this.#upgrade();
    storage.onLoss(() => this.#load());
  }

  find(database: string, name: string): Collection | undefined {
    return this.#collections.get(`${database}.${name}`);
  }

  all(): Iterable<Collection> {
    return this.#collections.values();
  }

  create(database: string, name: string, options?: Document): Collection {
    const collection = this.prepare(database, name, options);
    this.#storage.write(() => this.adopt(collection));
    return collection;
  }

  /** A collection that only its maker knows, until it is adopted. */
  prepare(database: string, name: string, options: Document = {}): Collection {
    this.#checkName(database, name);
    const common = { id: --this.#prepared, since: Number.POSITIVE_INFINITY };
    const idIndex = indexOf(common.id, { v: 2, key: { _id: 1 }, name: '_id_' }, noTraits, common.since);
    const namespace = `${database}.${name}`;
    return { ...common, database, name, namespace, options, indexes: [idIndex], nextRid: 1, dropped: false };
  }

  /** Makes an index of a prepared collection, which has no documents yet, and says whether it was new. */
  prepareIndex(collection: Collection, asked: Document): boolean {
    const spec = normalSpec(asked);
    if (hasAlready(collection.indexes, spec)) return false;
    checkCount(collection);
    const index = indexOf(--this.#prepared, spec, noTraits, Number.POSITIVE_INFINITY);
    collection.indexes = [...collection.indexes, index];
    return true;
  }

  /** Makes a prepared collection one of the catalog, inside Storage.write. */
  adopt(collection: Collection): void {
    const { main } = this.#storage;
    this.#storage.write((group) => {
      const insert = 'INSERT INTO collections (database, name, options) VALUES (?, ?, ?)';
      const { database, name, options, namespace } = collection;
      collection.id = main.run(insert, database, name, writeDocument(options));
      collection.since = group;
      main.exec(`CREATE TABLE d${collection.id} (rid INTEGER PRIMARY KEY, bson BLOB NOT NULL)`);
      for (const index of collection.indexes) {
        index.id = this.#makeIndex(collection, index.spec, noTraits);
        index.since = group;
      }
      this.#collections.set(namespace, collection);
    });
  }

  drop(collection: Collection): void {
    const { main } = this.#storage;
    this.#storage.write(() => {
      for (const index of collection.indexes) main.exec(`DROP TABLE x${index.id}`);
      main.exec(`DROP TABLE d${collection.id}`);
      main.run('DELETE FROM indexes WHERE collection = ?', collection.id);
      main.run('DELETE FROM collections WHERE id = ?', collection.id);
    });
    collection.dropped = true;
    this.#collections.delete(collection.namespace);
  }

  /** Whether the collection has such an index; 85 and 86 as createIndex. */
  hasIndex(collection: Collection, asked: Document): boolean {
    return hasAlready(collection.indexes, normalSpec(asked));
  }

  /** Makes an index and says whether it was new; 85 and 86 if it conflicts with another index, 11000 with the documents. */
  createIndex(collection: Collection, asked: Document): boolean {
    const spec = normalSpec(asked);
    if (hasAlready(collection.indexes, spec)) return false;
    checkCount(collection);
    const index = indexOf(0, spec, noTraits, 0);
    const keys: Key[] = [];
    const seen = { keys: 0, documents: 0 };
    for (const row of scanRows({ from: this.#storage.main, collection, seen })) {
      const { keys: own, multikey, unordered } = entriesOf(index, documentOf(row));
      for (const key of own) keys.push({ key, rid: row.rid });
      index.multikey ||= multikey;
      index.unordered ||= unordered;
    }
    keys.sort((a, b) => Buffer.compare(a.key, b.key) || a.rid - b.rid);
    if (index.unique) this.#checkUnique(collection, index, keys);
    this.#addIndex(collection, spec, keys, index);
    return true;
  }

  dropIndex(collection: Collection, index: Index): void {
    const { main } = this.#storage;
    this.#storage.write(() => {
      main.exec(`DROP TABLE x${index.id}`);
      main.run('DELETE FROM indexes WHERE id = ?', index.id);
    });
    collection.indexes = collection.indexes.filter((other) => other !== index);
  }

  /** Until format 3 the texts of a collation had no order in an index. */
  #upgradeTables(): void {
    const { format, main } = this.#storage;
    if (format === 1 || format === 2)
      main.exec('ALTER TABLE indexes ADD COLUMN unordered INTEGER NOT NULL DEFAULT 0');
  }

  /** Until format 2 a sparse index held keys of array elements without its fields. */
  #upgrade(): void {
    const { format, main } = this.#storage;
    if (format === knownFormat) return;
    const isOld = (index: Index) => (format === 1 && index.sparse) || index.collation;
    this.#storage.write(() => {
      for (const collection of format > 0 ? this.all() : [])
        for (const index of collection.indexes) if (isOld(index)) this.#fillAnew(collection, index);
      writeFormat(main);
    });
  }

  #fillAnew(collection: Collection, index: Index): void {
    const { main } = this.#storage;
    main.exec(`DELETE FROM x${index.id}`);
    const seen = { keys: 0, documents: 0 };
    for (const row of scanRows({ from: main, collection, seen })) {
      const { keys, ...traits } = entriesOf(index, documentOf(row));
      for (const key of keys) main.run(`INSERT INTO x${index.id} VALUES (?, ?)`, key, row.rid);
      noteTraits(main, index, traits);
    }
  }

  /** Makes all collections anew: transactions that hold the old ones cannot commit any more. */
  #load(): void {
    const { main } = this.#storage;
    for (const collection of this.#collections.values()) collection.dropped = true;
    const before = this.#collections;
    const known = main
      .all<[number, string, string, Uint8Array]>('SELECT id, database, name, options FROM collections')
      .map(([id, database, name, options]): Collection => {
        const namespace = `${database}.${name}`;
        const common = { id, database, name, namespace, options: readTyped(options), dropped: false };
        const nextRid = (main.get<[number | null]>(`SELECT max(rid) FROM d${id}`)?.[0] ?? 0) + 1;
        return { ...common, indexes: [], nextRid, since: before.get(namespace)?.since ?? 0 };
      });
    this.#collections = new Map(known.map((collection) => [collection.namespace, collection]));
    this.#loadIndexes(new Map(known.map((collection) => [collection.id, collection])));
  }

  #loadIndexes(collections: Map<number, Collection>): void {
    const rows = this.#storage.main.all<[number, number, Uint8Array, number, number]>(
      'SELECT id, collection, spec, multikey, unordered FROM indexes',
    );
    for (const [id, owner, spec, multikey, unordered] of rows) {
      const collection = collections.get(owner);
      if (!collection) continue;
      const traits = { multikey: multikey === 1, unordered: unordered === 1 };
      const index = indexOf(id, readTyped(spec), traits, collection.since);
      collection.indexes = [...collection.indexes, index];
    }
  }

  /** The tables of an index, without entries. */
  #makeIndex(collection: Collection, spec: Document, traits: Traits): number {
    const { main } = this.#storage;
    const insert = 'INSERT INTO indexes (collection, spec, multikey, unordered) VALUES (?, ?, ?, ?)';
    const { multikey, unordered } = traits;
    const id = main.run(insert, collection.id, writeDocument(spec), Number(multikey), Number(unordered));
    const columns = 'key BLOB NOT NULL, rid INTEGER NOT NULL, PRIMARY KEY (key, rid)';
    main.exec(`CREATE TABLE x${id} (${columns}) WITHOUT ROWID`);
    return id;
  }

  #addIndex(collection: Collection, spec: Document, keys: Key[], { multikey, unordered }: Traits): void {
    const { main } = this.#storage;
    this.#storage.write((group) => {
      const traits = { multikey, unordered };
      const id = this.#makeIndex(collection, spec, traits);
      for (const { key, rid } of keys) main.run(`INSERT INTO x${id} VALUES (?, ?)`, key, rid);
      collection.indexes = [...collection.indexes, indexOf(id, spec, traits, group)];
    });
  }

  #checkName(database: string, name: string): void {
    const namespace = `${database}.${name}`;
    const invalid = (text: string) => new StoreError(73, `${text}: ${namespace}`);
    if (!/^[^$.\0][^$\0]*$/.test(name) || /[/\\. "$\0]|^$/.test(database))
      throw invalid('Invalid collection name');
    if (name.startsWith('system.')) throw invalid('Invalid system namespace');
    if (Buffer.byteLength(database) > 63 || Buffer.byteLength(namespace) > 255)
      throw invalid('Fully qualified namespace is too long');
    for (const { database: other } of this.#collections.values())
      if (other !== database && other.toLowerCase() === database.toLowerCase())
        throw new StoreError(
          13297,
          `db already exists with different case already have: [${other}] trying to create [${database}]`,
        );
  }

  #checkUnique(collection: Collection, index: Index, keys: Key[]): void {
    const twice = keys.find(({ key }, i) => sameKey(key, keys[i - 1]?.key));
    if (!twice) return;
    const row = rowAt(this.#storage.main, collection, twice.rid);
    throw duplicateKey(collection.namespace, index, row ? documentOf(row) : {}, twice.key);
  }
}

function checkCount({ namespace, indexes }: Collection): void {
  if (indexes.length >= 64) throw new StoreError(67, `add index fails, too many indexes for ${namespace}`);
}

/** Whether `spec` is already there; 85 and 86 if it differs from an index of the same keys or the same name. */
function hasAlready(indexes: readonly Index[], spec: Document): boolean {
  const same = (a: Document, b: Document) => EJSON.stringify(a) === EJSON.stringify(b);
  const twin = indexes.find((index) => same({ ...index.spec, name: '' }, { ...spec, name: '' }));
  if (twin && (twin.name === spec.name || twin.name === '_id_')) return true;
  if (twin) throw new StoreError(85, `Index already exists with a different name: ${twin.name}`);
  const named = indexes.find((index) => index.name === spec.name);
  if (!named) return false;
  const asked = `Requested index: ${EJSON.stringify(spec)}, existing index: ${EJSON.stringify(named.spec)}`;
  if (same(named.spec.key, spec.key))
    throw new StoreError(
      85,
      `An equivalent index already exists with the same name but different options. ${asked}`,
    );
  throw new StoreError(86, `An existing index has the same name as the requested index. ${asked}`);
}
