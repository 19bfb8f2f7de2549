import { expect } from 'chai';
import { Types } from 'mongoose';
import { isSigned, sign } from '../../src/base/keys.ts';
import { letterReturnedTo, returnAddress } from '../../src/outbox/return-address.ts';
import { findByToken, tokenOf } from '../../src/registrations/personal/links.ts';
import { formMark, momentOfForm } from '../../src/web/form-mark.ts';
import { anEvent, aRegistration, monday } from '../support/builders.ts';
import { visitorAt } from '../support/contexts.ts';
import { useDatabase } from '../support/database.ts';
import { testSettings } from '../support/settings.ts';

const former = 'the former secret of the tests, long enough';

/** What was sent when SECRET itself was still the key, literally: signed with the tests' SECRET, and with the former one. */
const sent = [
  {
    link: 'ZfAAAAAAAAAAAAABzlanPqWdqaAcgRo11JOSyW6u',
    mark: 'myr66zk0.z8Pwb1lpNjJI45nLnrKnrGbI4IAJ0KOfIaViF35fOZI',
    address: 'studs+65f0000000000000000000aaa8a53aee6d976999322cf008@studs.example.se',
  },
  {
    link: 'ZfAAAAAAAAAAAAABzo1wClCW_OL6nRRHrD1xbjo0',
    mark: 'myr66zk0.yXgWOqlJ3zHNBQJfHbYvcaJ-jRlcdUSAL6iZxlouKKI',
    address: 'studs+65f0000000000000000000aa0c5925ae3149e4c4987066ff@studs.example.se',
  },
];

const settings = { ...testSettings(), envelopeDomain: 'studs.example.se' };
const afterChange = { ...settings, secretBefore: former };
const holder = { _id: new Types.ObjectId('65f000000000000000000001'), email: 'asa.oberg@example.se' };
const letter = {
  _id: new Types.ObjectId('65f0000000000000000000aa'),
  from: { name: '', address: 'x@example.se' },
};
const subject = '65f0000000000000000000e1';
const later = new Date(+monday + 10 * 60_000);

describe('Keys', () => {
  useDatabase();
  beforeEach(async () => {
    await aRegistration(await anEvent(), holder);
  });

  /** Which of a link, a form's mark and a return address count. */
  async function counting({ link, mark, address }: (typeof sent)[number], secrets: typeof settings) {
    const context = { now: later, by: {}, settings: secrets };
    return {
      link: (await findByToken(link, secrets)) !== null,
      mark: +momentOfForm(mark, subject, context) === +monday,
      address: letterReturnedTo(address, secrets) !== undefined,
    };
  }
  const all = { link: true, mark: true, address: true };
  const none = { link: false, mark: false, address: false };

  it('let count what was sent before keys were derived, by SECRET and by SECRET_BEFORE', async () => {
    const [bySecret, byFormer] = sent as [(typeof sent)[0], (typeof sent)[0]];
    expect(await counting(bySecret, settings)).to.deep.equal(all);
    expect(await counting(byFormer, settings)).to.deep.equal(none);
    expect(await counting(byFormer, afterChange)).to.deep.equal(all);
    expect(await counting(bySecret, afterChange)).to.deep.equal(all);
  });

  it('are derived anew for what is sent now, and change with SECRET', async () => {
    const made = (secrets: typeof settings) => ({
      link: tokenOf(holder, secrets.secret),
      mark: formMark(subject, visitorAt(monday, secrets)),
      address: returnAddress(letter, secrets),
    });
    const now = made(settings);
    for (const old of sent) expect(Object.values(now)).not.to.include.members(Object.values(old));
    expect(await counting(now, settings)).to.deep.equal(all);
    const before = made({ ...settings, secret: former });
    expect(await counting(before, settings)).to.deep.equal(none);
    expect(await counting(before, afterChange)).to.deep.equal(all);
  });

  it('sign for one purpose each', () => {
    const { secret } = settings;
    const signature = sign('form mark', 'the same text', secret);
    const cut = signature.subarray(0, 18);
    expect(isSigned('form mark', 'the same text', signature, settings)).to.equal(true);
    expect(isSigned('personal link', 'the same text', cut, settings)).to.equal(false);
    for (const wrong of [cut, Buffer.alloc(0), Buffer.concat([signature, signature])])
      expect(isSigned('form mark', 'the same text', wrong, settings)).to.equal(false);
  });
});
