import { aPerson, formOf } from './builders.ts';

/** Signs many invented people up by HTTP, all at once. @returns the status of each answer */
export async function signUpAll(url: string, slug: string, names: string[]): Promise<number[]> {
  const answers = names.map(async (name) => {
    const { language: _language, ...person } = aPerson({ email: `${name}@example.se` });
    const answer = await fetch(`${url}/evenemang/${slug}/anmalan`, formOf(person));
    await answer.arrayBuffer();
    return answer.status;
  });
  return Promise.all(answers);
}
