import { openDB } from '/entrance/idb.js';

/**
 * A mark that waits to be sent: whom it concerns by id, and no name. `undoes` are the marks that it takes back, `at` is
 * when it was made on this device's clock; `sent`: the server has it, and the kept page does not show it yet; `refused`:
 * why the server has not taken it.
 * @typedef {{ nonce: string, event: string, registration: string, present: string, undoes: string | null,
 *   at: number, sent?: boolean, refused?: string }} Waiting
 */

const store = 'marks';
let isKnown = false;
let isEmptied = false;

/** True if the browser has thrown the queue away while the page was open. */
export function wasEmptied() {
  return isEmptied;
}

/**
 * Adds a mark to the queue, or changes it there.
 * @returns {Promise<void>}
 */
export async function put(/** @type {Waiting} */ mark) {
  await inStore((queue) => queue.put(store, mark));
}

/**
 * The queue of an event, in the order in which the marks were made.
 * @returns {Promise<Waiting[]>}
 */
export async function all(/** @type {string} */ event) {
  /** @type {Waiting[]} */
  const marks = await inStore((queue) => queue.getAll(store));
  return marks.filter((mark) => mark.event === event).sort((a, b) => a.at - b.at);
}

/** Takes marks out of the queue. */
export async function remove(/** @type {Waiting[]} */ marks) {
  for (const { nonce } of marks) await inStore((queue) => queue.delete(store, nonce));
}

/**
 * Opens the queue for one operation: a browser that needs room may throw it away at any time.
 * @template T
 * @param {(queue: import('idb').IDBPDatabase) => Promise<T>} work
 */
async function inStore(work) {
  const queue = await openDB('entrance', 1, {
    upgrade(made) {
      made.createObjectStore(store, { keyPath: 'nonce' });
      isEmptied = isKnown;
    },
  });
  isKnown = true;
  try {
    return await work(queue);
  } finally {
    queue.close();
  }
}

/**
 * Sends a mark, as often as necessary: the server takes its nonce once.
 * @returns {Promise<{ is: 'taken', kept: boolean } | { is: 'refused', said: string } | { is: 'stranger' | 'unreachable' }>}
 */
export async function send(
  /** @type {string} */ address,
  /** @type {string} */ csrf,
  /** @type {Waiting} */ { nonce, registration, present, undoes, at },
) {
  const age = String(Math.max(0, Date.now() - at));
  const fields = { csrf, nonce, registration, present, age, ...(undoes === null ? {} : { undoes }) };
  const body = new URLSearchParams(fields);
  const signal = AbortSignal.timeout(10_000);
  try {
    const answer = await fetch(address, { method: 'POST', body, redirect: 'manual', signal });
    if (answer.type === 'opaqueredirect' || [401, 403].includes(answer.status)) return { is: 'stranger' };
    if (answer.status >= 500 || answer.status === 429) return { is: 'unreachable' };
    const { kept, said } = await answer.json();
    return answer.ok ? { is: 'taken', kept } : { is: 'refused', said };
  } catch {
    return { is: 'unreachable' };
  }
}
