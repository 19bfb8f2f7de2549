const tails = new Map<string, Promise<unknown>>();

/**
 * Runs work on the same thing one after the other within this process. Transactions on one thing would otherwise
 * conflict and be tried again. Other processes are held apart by the database itself.
 */
export async function inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
  const before = tails.get(key) ?? Promise.resolve();
  const mine = before.then(work, work);
  tails.set(key, mine);
  try {
    return await mine;
  } finally {
    if (tails.get(key) === mine) tails.delete(key);
  }
}

type WaitingAsk<Ask, Answer> = { ask: Ask; resolve(answer: Answer): void; reject(error: unknown): void };

/**
 * Answers together what is asked about the same thing while an earlier turn on it runs (`inTurn`), so that a rush costs
 * one transaction for many and not one for each. If a turn fails, each of its asks is tried alone, so that none fails
 * because of another.
 * @param most how many asks share a turn
 * @param answerAll answers all of them, in their order
 */
export function inBatches<Ask, Answer>(
  most: number,
  answerAll: (key: string, asks: Ask[]) => Promise<Answer[]>,
): (key: string, ask: Ask) => Promise<Answer> {
  const waiting = new Map<string, WaitingAsk<Ask, Answer>[]>();

  async function answerNext(key: string): Promise<void> {
    const queue = waiting.get(key) ?? [];
    const batch = queue.splice(0, most);
    if (queue.length === 0) waiting.delete(key);
    if (batch.length > 0) await answer(key, batch);
  }

  async function answer(key: string, batch: WaitingAsk<Ask, Answer>[]): Promise<void> {
    try {
      const asks = batch.map(({ ask }) => ask);
      const answers = await answerAll(key, asks);
      for (const [index, { resolve }] of batch.entries()) resolve(answers[index] as Answer);
    } catch (error) {
      if (batch.length === 1) batch[0]?.reject(error);
      else for (const one of batch) await answer(key, [one]);
    }
  }

  return (key, ask) =>
    new Promise((resolve, reject) => {
      const queue = waiting.get(key) ?? [];
      waiting.set(key, [...queue, { ask, resolve, reject }]);
      void inTurn(key, () => answerNext(key));
    });
}
