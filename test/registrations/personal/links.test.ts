import { expect } from 'chai';
import { Types } from 'mongoose';
import { findByToken, tokenOf } from '../../../src/registrations/personal/links.ts';
import { anEvent, aRegistration } from '../../support/builders.ts';
import { useDatabase } from '../../support/database.ts';

const secret = 'a secret of thirty-two characters';

describe('A personal link', () => {
  useDatabase();

  /** Registrations whose tokens, as they were until now, end in each of these. */
  async function endingIn(...ends: string[]) {
    const event = await anEvent();
    const found = new Map<string, { token: string; id: string }>();
    while (found.size < ends.length) {
      const one = { _id: new Types.ObjectId(), email: 'asa.oberg@example.se' };
      const token = tokenOf(one, secret);
      const end = token.charAt(39);
      if (!ends.includes(end) || found.has(end)) continue;
      await aRegistration(event, { ...one, status: 'cancelled' });
      found.set(end, { token, id: String(one._id) });
    }
    return [...found.values()];
  }

  const opened = async (token: string) => String((await findByToken(token, { secret }))?._id);

  it('ends in a letter or a digit, which no program leaves out of a link in plain text', async () => {
    for (const { token, id } of await endingIn('-', '_', 'A')) {
      expect(token).to.match(/[a-z0-9]$/i);
      expect(await opened(token)).to.equal(id);
    }
  });

  it('that has been sent goes on working, also where a program has left its end out', async () => {
    for (const { token, id } of await endingIn('-', '_')) {
      expect(await opened(token.slice(0, 40))).to.equal(id);
      expect(await opened(token.slice(0, 39))).to.equal(id);
    }
  });

  it('opens nothing with another end', async () => {
    const [one] = await endingIn('x');
    for (const wrong of [
      `${one?.token}A`,
      `${one?.token}-A`,
      one?.token.slice(0, 39),
      one?.token.slice(0, 38),
      'A',
      '',
    ])
      expect(await findByToken(String(wrong), { secret }), wrong).to.equal(null);
  });
});
