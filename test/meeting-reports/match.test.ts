import { expect } from 'chai';
import { type Known, match } from '../../src/meeting-reports/match.ts';
import { nameKeys } from '../../src/meeting-reports/reading/names.ts';
import type { Attendee } from '../../src/meeting-reports/reading/people.ts';
import { combined, type Stay } from '../../src/meeting-reports/reading/stays.ts';

/** Numbers that look like chance and are the same in every run. */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const anAttendee = (facts: Partial<Attendee>): Attendee => ({
  ...{ name: '', email: null, upn: null, role: 'participant' },
  ...{ joins: 1, from: null, to: null, seconds: 60 },
  ...facts,
});

const given = ['Åsa', 'Bo', 'Eva'];
const family = ['Öberg', 'Ek', 'af Sand'];
const known = (roll: (below: number) => number): Known[] =>
  Array.from({ length: 1 + roll(12) }, (_, index) => ({
    id: String(index),
    email: `${roll(9)}@example.se`,
    givenName: given[roll(3)] ?? '',
    familyName: family[roll(3)] ?? '',
    status: (['confirmed', 'waiting', 'cancelled'] as const)[roll(3)] ?? 'confirmed',
  }));

const attendees = (roll: (below: number) => number): Attendee[] =>
  Array.from({ length: roll(15) }, () =>
    anAttendee({
      name: `${given[roll(3)]} ${family[roll(3)]}${roll(2) ? ' (Gäst)' : ''}`,
      email: roll(3) ? `${roll(12)}@example.se` : null,
      upn: roll(3) ? null : `${roll(12)}@example.se`,
    }),
  );

describe('Matching a report', () => {
  it('holds for any people and accounts: only an address decides, a name offers everybody who has it', () => {
    for (let seed = 1; seed <= 500; seed++) {
      const roll = dice(seed);
      const [people, accounts] = [known(roll), attendees(roll)];
      const byId = new Map(people.map((one) => [one.id, one]));
      const { rows, unsure, unknown } = match(accounts, people);
      const keyOf = (one: Known) => nameKeys(`${one.givenName} ${one.familyName}`)[0] ?? '';
      for (const row of rows) {
        const found = row.candidates.flatMap((id) => byId.get(id) ?? []);
        const named = people.filter(
          (one) => one.status === 'confirmed' && nameKeys(row.name).includes(keyOf(one)),
        );
        const addresses = people.map(({ email }) => email);
        if (row.by === 'address') {
          expect(found).to.have.length(1);
          expect([row.email, row.upn]).to.include(found[0]?.email);
        } else {
          expect(addresses).not.to.include(row.email);
          expect(addresses).not.to.include(row.upn);
          expect(new Set(found)).to.deep.equal(new Set(named));
          expect(row.by).to.equal(named.length > 0 ? 'name' : 'none');
        }
        for (const { email, status } of found)
          if (status !== 'confirmed')
            expect(people.some((one) => one.email === email && one.status === 'confirmed')).to.equal(false);
      }
      const by = (kind: string) => rows.filter((row) => row.by === kind);
      expect([by('name').length, by('none').length]).to.deep.equal([unsure, unknown]);
      const settled = by('address').map(({ candidates }) => candidates[0]);
      expect(new Set(settled).size, 'one row for each registration').to.equal(settled.length);
    }
  });

  it('does not depend on the order of either', () => {
    for (let seed = 1; seed <= 100; seed++) {
      const roll = dice(seed);
      const [people, accounts] = [known(roll), attendees(roll)];
      const unique = people.filter(
        (one, index) => people.findIndex(({ email }) => email === one.email) === index,
      );
      const told = (some: Attendee[], others: Known[]) =>
        match(some, others)
          .rows.map(({ by, candidates, seconds }) => `${by} ${candidates.toSorted()} ${seconds}`)
          .toSorted();
      expect(told(accounts.toReversed(), unique.toReversed())).to.deep.equal(told(accounts, unique));
    }
  });

  it('compares names without remarks, accents and order', () => {
    const ways = [
      'Åsa Öberg',
      'Öberg, Åsa',
      'asa oberg',
      'Åsa Öberg (Gäst)',
      'ÅSA ÖBERG (Unverified)',
      'Åsa (Åsa Öberg)',
    ];
    for (const name of ways) expect(nameKeys(name), name).to.include('asa oberg');
    expect(nameKeys('Åsa Öberg-Ek')).not.to.include('asa oberg');
  });

  it('keeps the longest of a flood that nobody knows', () => {
    const flood = Array.from({ length: 5000 }, (_, seconds) =>
      anAttendee({ name: `Konto ${seconds}`, seconds }),
    );
    const { rows, unknown } = match(flood, []);
    expect([rows.length, unknown, rows[0]?.seconds]).to.deep.equal([1000, 5000, 4999]);
  });
});

describe('Time in a meeting', () => {
  const stays = (roll: (below: number) => number): Stay[] =>
    Array.from({ length: 1 + roll(6) }, () => {
      const from = roll(100);
      const to = from + roll(50);
      return { from, to, seconds: to - from };
    });

  it('of stays without a break is the seconds that any of them covers, in whatever order and groups', () => {
    for (let seed = 1; seed <= 500; seed++) {
      const some = stays(dice(seed));
      const covered = new Set(
        some.flatMap(({ from, to }) =>
          Array.from({ length: (to ?? 0) - (from ?? 0) }, (_, at) => (from ?? 0) + at),
        ),
      );
      expect(combined(some).seconds).to.equal(covered.size);
      expect(combined(some.toReversed())).to.deep.equal(combined(some));
      expect(combined([...some, ...some])).to.deep.equal(combined(some));
    }
  });
});
