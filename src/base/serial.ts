const tails = new Map<string, Promise<unknown>>();

/**
 * Runs acts on the same thing one after the other within this process. Transactions on one thing would otherwise
 * conflict and be tried again; other processes are held apart by the database itself.
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

type Waiting<Ask, Answer> = { ask: Ask; resolve(answer: Answer): void; reject(error: unknown): void };

/**
 * Does things together that are asked for while others are being done: the first goes at once, and those that come
 * meanwhile share the next turn. Where a turn fails, each of its things is tried alone, so that none fails for another.
 * @param most how many share a turn
 * @param answerAll does them and gives their answers in their order
 */
export function together<Ask, Answer>(
  most: number,
  answerAll: (asks: Ask[]) => Promise<Answer[]>,
): (ask: Ask) => Promise<Answer> {
  const queue: Waiting<Ask, Answer>[] = [];
  let working = false;

  async function work(): Promise<void> {
    working = true;
    while (queue.length > 0) await turn(queue.splice(0, most));
    working = false;
  }

  async function turn(those: Waiting<Ask, Answer>[]): Promise<void> {
    try {
      const answers = await answerAll(those.map(({ ask }) => ask));
      those.forEach(({ resolve }, index) => {
        resolve(answers[index] as Answer);
      });
    } catch (error) {
      const [only, ...more] = those;
      if (more.length === 0) only?.reject(error);
      else for (const one of those) await turn([one]);
    }
  }

  return (ask) =>
    new Promise((resolve, reject) => {
      queue.push({ ask, resolve, reject });
      if (!working) void work();
    });
}
