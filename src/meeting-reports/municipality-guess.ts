import type { Authority } from '../authorities/authority.ts';
import { otherMunicipality } from '../authorities/roles.ts';

type Account = { name: string; email: string | null };

/**
 * Guesses the municipality of an account that nobody is registered with: the one that most people of the event with the
 * same mail domain represent, else the one that is named in the account's name.
 */
export function municipalityGuess(
  { municipalities }: Pick<Authority, 'municipalities'>,
  people: { email: string; municipality: string }[],
): (account: Account) => string {
  const byDomain = Map.groupBy(people, ({ email }) => domainOf(email));
  return ({ name, email }) => {
    const colleagues = byDomain.get(domainOf(email ?? '')) ?? [];
    if (email && colleagues.length > 0) return mostCommon(colleagues.map(({ municipality }) => municipality));
    const words = name.toLowerCase();
    return municipalities.find((one) => words.includes(one.name.toLowerCase()))?.code ?? otherMunicipality;
  };
}

function domainOf(email: string): string {
  return email.slice(email.indexOf('@') + 1);
}

function mostCommon(codes: string[]): string {
  const groups = [...Map.groupBy(codes, (code) => code).values()];
  return groups.reduce((best, one) => (one.length > best.length ? one : best))[0] ?? otherMunicipality;
}
