import { aForm, formOf } from '../builders.ts';

/** Signs many invented people up by HTTP, all at once; with `wait` they would wait for a seat. @returns the status of each answer */
export async function signUpAll(url: string, slug: string, names: string[], wait = false): Promise<number[]> {
  return Promise.all(names.map((name) => signUp(url, slug, name, wait)));
}

/** Signs one invented person up by HTTP. @returns the status of the answer, which is not followed */
export async function signUp(url: string, slug: string, name: string, wait = false): Promise<number> {
  const person = aForm({ email: `${name}@example.se` });
  const form = formOf({ ...person, ...(wait && { wait: 'plats' }) });
  const answer = await fetch(`${url}/evenemang/${slug}/anmalan`, form);
  await answer.arrayBuffer();
  return answer.status;
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
