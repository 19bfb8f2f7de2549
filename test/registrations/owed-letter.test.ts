import { expect } from 'chai';
import type { Authority } from '../../src/authorities/authority.ts';
import type { Event } from '../../src/events/event.ts';
import { letterRow } from '../../src/registrations/owed-letter.ts';
import { anAuthority, anEvent, aRegistration, monday } from '../support/builders.ts';
import { visitorAt } from '../support/contexts.ts';
import { useDatabase } from '../support/database.ts';

describe('A letter that is owed', () => {
  let authority: Authority;
  let event: Event;

  useDatabase();
  beforeEach(async () => {
    authority = await anAuthority();
    event = await anEvent();
  });

  async function row(kind: string, facts: object = {}, rateLimit = true) {
    const receiver = await aRegistration(event, { email: `${kind}+1@example.se`, ...facts });
    return letterRow(visitorAt(monday, { rateLimit }), { receiver, event, authority }, kind, {
      revision: '1',
    });
  }

  for (const kind of [
    'confirmation',
    'waiting-list',
    'promoted',
    'changed',
    'cancelled',
    'reminder',
    'mailing',
  ])
    it(`counts for its mailbox and names nobody until the address is proven: ${kind}`, async () => {
      const unproven = await row(kind);
      expect([unproven.to.name, unproven.mailbox]).to.deep.equal(['', `${kind}@example.se`]);
      const proven = await row(kind, { provenAt: monday, email: 'proven@example.se' });
      expect([proven.to.name, proven.mailbox]).to.deep.equal(['Åsa Öberg', undefined]);
    });

  for (const kind of ['already-registered', 'new-link', 'colleagues-list'])
    it(`counts for its mailbox in any case if anybody can cause it: ${kind}`, async () => {
      const proven = await row(kind, { provenAt: monday });
      expect([proven.to.name, proven.mailbox]).to.deep.equal(['Åsa Öberg', `${kind}@example.se`]);
    });

  it('counts for nothing where limits are off, or where it does not leave', async () => {
    expect((await row('confirmation', {}, false)).mailbox).to.equal(undefined);
    expect((await row('changed', { example: true })).mailbox).to.equal(undefined);
  });
});
