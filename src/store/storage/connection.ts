import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';

/** One connection to the SQLite file. Statements are prepared once; rows are arrays of columns. */
export type Connection = {
  all<Columns extends unknown[]>(sql: string, ...values: SQLInputValue[]): Columns[];
  get<Columns extends unknown[]>(sql: string, ...values: SQLInputValue[]): Columns | undefined;
  /** Runs a write and returns the row id that it inserted. */
  run(sql: string, ...values: SQLInputValue[]): number;
  /** Runs what is needed only once. */
  exec(sql: string): void;
  close(): void;
};

/** The most statements that a connection keeps for the next time. */
const MOST_PREPARED = 1000;

/** Opens the file and applies `settings`, PRAGMAs. */
export function connect(file: string, settings: string): Connection {
  const database = new DatabaseSync(file);
  database.exec(settings);
  const prepared = new Map<string, StatementSync>();

  function statement(sql: string): StatementSync {
    const known = prepared.get(sql);
    if (known) return known;
    const made = database.prepare(sql);
    made.setReturnArrays(true);
    // those of collections and indexes that are gone would stay
    if (prepared.size >= MOST_PREPARED) prepared.clear();
    prepared.set(sql, made);
    return made;
  }

  return {
    // the types know nothing of setReturnArrays
    all: <Columns>(sql: string, ...values: SQLInputValue[]) =>
      statement(sql).all(...values) as unknown as Columns[],
    get: <Columns>(sql: string, ...values: SQLInputValue[]) =>
      statement(sql).get(...values) as Columns | undefined,
    run: (sql, ...values) => Number(statement(sql).run(...values).lastInsertRowid),
    exec: (sql) => database.exec(sql),
    close: () => database.close(),
  };
}
