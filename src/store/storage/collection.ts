import type { Document } from 'bson';
import type { Index } from './indexes.ts';

/** A collection; its documents stand in the SQLite table `d<id>` as (rid, bson), in order of insertion. */
export type Collection = {
  id: number;
  database: string;
  name: string;
  namespace: string;
  options: Document;
  /** Replaced, never changed, so that a transaction can see that it is another list. */
  indexes: readonly Index[];
  nextRid: number;
  /** The group of writes that made it; older snapshots do not have it. */
  since: number;
  dropped: boolean;
};
