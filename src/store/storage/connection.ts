import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';

/** The most statements that a connection keeps prepared. */
const mostPrepared = 1000;

/** One connection to the SQLite file. Statements are prepared once; rows are arrays of columns. */
export class Connection {
  readonly #database: DatabaseSync;
  readonly #prepared = new Map<string, StatementSync>();

  /** Opens the file and applies `settings`, which are PRAGMAs. */
  constructor(file: string, settings: string) {
    this.#database = new DatabaseSync(file);
    this.#database.exec(settings);
  }

  all<Columns extends unknown[]>(sql: string, ...values: SQLInputValue[]): Columns[] {
    // @types/node does not know setReturnArrays
    return this.#statement(sql).all(...values) as unknown as Columns[];
  }

  get<Columns extends unknown[]>(sql: string, ...values: SQLInputValue[]): Columns | undefined {
    return this.#statement(sql).get(...values) as Columns | undefined;
  }

  /** Runs a write and returns the row id that it inserted. */
  run(sql: string, ...values: SQLInputValue[]): number {
    return Number(this.#statement(sql).run(...values).lastInsertRowid);
  }

  /** Runs statements that are needed only once. */
  exec(sql: string): void {
    this.#database.exec(sql);
  }

  close(): void {
    this.#database.close();
  }

  #statement(sql: string): StatementSync {
    const known = this.#prepared.get(sql);
    if (known) return known;
    const made = this.#database.prepare(sql);
    made.setReturnArrays(true);
    // statements of dropped collections and indexes would pile up
    if (this.#prepared.size >= mostPrepared) this.#prepared.clear();
    this.#prepared.set(sql, made);
    return made;
  }
}
