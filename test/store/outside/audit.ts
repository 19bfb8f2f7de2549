import type { Document } from 'bson';
import { Catalog } from '../../../src/store/storage/catalog.ts';
import { entriesOf } from '../../../src/store/storage/indexes.ts';
import { documentOf, scanRows } from '../../../src/store/storage/records.ts';
import { Storage } from '../../../src/store/storage/storage.ts';

/** What a closed database holds, by collection, and every sentence about what is wrong with it. */
export type Audit = { documents: Record<string, Document[]>; faults: string[] };

/** Reads the whole file beside the server: SQLite's own check, and each index entry against the documents. */
export function audit(directory: string): Audit {
  const storage = new Storage(directory);
  const { main } = storage;
  const faults = main
    .all<[string]>('PRAGMA integrity_check')
    .flat()
    .filter((line) => line !== 'ok');
  const documents: Audit['documents'] = {};
  for (const collection of new Catalog(storage).all()) {
    const seen = { keys: 0, documents: 0 };
    const rows = Array.from(scanRows({ from: main, collection, seen }));
    documents[collection.name] = rows.map(documentOf);
    for (const index of collection.indexes) {
      const entry = (key: Uint8Array, rid: number) => `${Buffer.from(key).toString('hex')}:${rid}`;
      const there = new Set(
        main.all<[Uint8Array, number]>(`SELECT key, rid FROM x${index.id}`).map((row) => entry(...row)),
      );
      const due = new Set(
        rows.flatMap((row) => entriesOf(index, documentOf(row)).keys.map((key) => entry(key, row.rid))),
      );
      const wrong = differing(there, due);
      if (wrong > 0) faults.push(`${wrong} wrong entries in ${collection.namespace} ${index.name}`);
    }
  }
  storage.close();
  return { documents, faults };
}

/** How many are in one of the two only. */
export function differing(a: Set<string>, b: Set<string>): number {
  return a.size + b.size - 2 * [...a].filter((one) => b.has(one)).length;
}
