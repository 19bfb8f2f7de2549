/**
 * What sign-ups would be without their protection, for the negative control of the race: it takes the place of
 * base/database.ts and base/serial.ts in registrations/sign-up/register.ts.
 */
export { insertRows } from '../../../src/base/database.ts';

/** Runs the work outside of any transaction. */
export async function transaction<T>(work: () => Promise<T>): Promise<T> {
  return work();
}

/** Answers each ask alone and at once. */
export function inBatches<Ask, Answer>(
  _most: number,
  answerAll: (key: string, asks: Ask[]) => Promise<Answer[]>,
) {
  return async (key: string, ask: Ask): Promise<Answer> => (await answerAll(key, [ask]))[0] as Answer;
}
