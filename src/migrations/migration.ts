import type { ClientSession, Db } from 'mongodb';

/** Runs a few writes in one transaction. They may be tried again, so they must only read and write the database. */
export type Batch = (writes: (options: InTransaction) => Promise<unknown>) => Promise<void>;

/** The options with which a write of the driver is part of a transaction. */
export type InTransaction = { session: ClientSession };

/**
 * One change of the data that earlier versions have stored. It uses the driver's collections and literal field names,
 * never today's models, so that it stays right when these change.
 */
export type Migration = {
  /** Counted from 1; the file's name begins with it. */
  number: number;
  /** The rest of the file's name. */
  name: string;
} & (
  | {
      /** All of it in one transaction, together with its record: for what takes seconds. Every write takes the options. */
      whole: (database: Db, options: InTransaction) => Promise<void>;
    }
  | {
      /** In many transactions. It may be stopped between any two and then begins anew, so it must pass by what is done. */
      inBatches: (database: Db, batch: Batch) => Promise<void>;
    }
);
