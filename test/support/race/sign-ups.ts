import { aForm, formOf } from '../builders.ts';

/** Signs many invented people up by HTTP, all at once; with `wait` they would wait for a seat. @returns the status of each answer */
export async function signUpAll(url: string, slug: string, names: string[], wait = false): Promise<number[]> {
  const answers = names.map(async (name) => {
    const person = aForm({ email: `${name}@example.se` });
    const answer = await fetch(
      `${url}/evenemang/${slug}/anmalan`,
      formOf({ ...person, ...(wait && { wait: 'plats' }) }),
    );
    await answer.arrayBuffer();
    return answer.status;
  });
  return Promise.all(answers);
}

/** Cancels registrations by their personal links' tokens, all at once. */
export async function cancelAll(url: string, tokens: string[]): Promise<void> {
  await Promise.all(
    tokens.map(async (token) => {
      const answer = await fetch(`${url}/anmalan/${token}/avboka`, formOf({}));
      await answer.arrayBuffer();
    }),
  );
}
