const tails = new Map<string, Promise<unknown>>();

/**
 * Runs acts on the same thing one after the other within this process. Transactions on one event would otherwise
 * conflict and be tried again many times; other processes are held apart by the database itself.
 */
export async function inTurn<T>(key: string, act: () => Promise<T>): Promise<T> {
  const before = tails.get(key) ?? Promise.resolve();
  const mine = before.then(act, act);
  tails.set(key, mine);
  try {
    return await mine;
  } finally {
    if (tails.get(key) === mine) tails.delete(key);
  }
}
