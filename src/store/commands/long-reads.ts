import { Worker } from 'node:worker_threads';
import type { Document } from 'bson';
import type { Storage } from '../storage/storage.ts';
import { readTyped, writeDocument } from '../values/documents.ts';
import { StoreError } from '../values/errors.ts';
import type { Call, LongReads } from './call.ts';

/** A read for the other thread; `left`: the time until its maxTimeMS is over. Documents are BSON. */
export type ReadQuestion = Pick<Call, 'name' | 'database' | 'now'> & {
  number: number;
  command: Uint8Array;
  stages: Uint8Array;
  left: number | undefined;
};

/** What it has found, one document after the other, or why it has not. */
export type ReadAnswer =
  | { number: number; found: Uint8Array }
  | { number: number; code: number; message: string; extra: Uint8Array };

/**
 * The other thread (reader.ts), which begins with the first long read. It reads one after the other, each from one
 * moment, and sees everything that was written before it was asked.
 */
export class ReaderThread implements LongReads {
  readonly #directory: string;
  readonly #storage: Storage;
  readonly #asked = new Map<number, PromiseWithResolvers<Uint8Array>>();
  #thread: Worker | undefined;
  #last = 0;

  constructor(directory: string, storage: Storage) {
    this.#directory = directory;
    this.#storage = storage;
  }

  async ask({ name, database, command, now, until }: Call, stages: Document[] = []): Promise<Uint8Array[]> {
    await this.#storage.settled();
    const number = ++this.#last;
    const asked = Promise.withResolvers<Uint8Array>();
    this.#asked.set(number, asked);
    const question: ReadQuestion = {
      ...{ number, name, database, now },
      command: writeDocument(command),
      stages: writeDocument({ stages }),
      left: until && until - performance.now(),
    };
    this.#started().postMessage(question);
    return documentsIn(await asked.promise);
  }

  async close(): Promise<void> {
    await this.#thread?.terminate();
  }

  #started(): Worker {
    if (this.#thread) return this.#thread;
    const thread = new Worker(new URL('../reader.ts', import.meta.url), {
      workerData: { directory: this.#directory },
      execArgv: [],
    });
    thread.on('message', (answer: ReadAnswer) => this.#take(answer));
    thread.on('error', (error) => {
      this.#storage.endIfDamaged(error);
      throw error;
    });
    this.#thread = thread;
    return thread;
  }

  #take(answer: ReadAnswer): void {
    const asked = this.#asked.get(answer.number);
    this.#asked.delete(answer.number);
    if ('found' in answer) asked?.resolve(answer.found);
    else asked?.reject(new StoreError(answer.code, answer.message, readTyped(answer.extra)));
  }
}

function documentsIn(whole: Uint8Array): Uint8Array[] {
  const documents: Uint8Array[] = [];
  const sizes = new DataView(whole.buffer, whole.byteOffset, whole.length);
  for (let at = 0; at < whole.length; ) {
    const size = sizes.getInt32(at, true);
    documents.push(whole.subarray(at, at + size));
    at += size;
  }
  return documents;
}
