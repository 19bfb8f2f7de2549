import { expect } from 'chai';
import type { Context } from '../../src/base/context.ts';
import { type Event, EventModel } from '../../src/events/event.ts';
import type { MailOutcome } from '../../src/inbox/mail.ts';
import { LetterModel } from '../../src/outbox/letter.ts';
import { type Registration, RegistrationModel } from '../../src/registrations/registration.ts';
import { anAuthority, anEvent, aRegistration, monday } from '../support/builders.ts';
import { visitorAt } from '../support/contexts.ts';
import { useDatabase } from '../support/database.ts';
import {
  ourServer,
  programs,
  reply,
  type Said,
  said,
  sample,
  startInbox,
  takingMail,
} from '../support/mail/inbox.ts';

const day = 24 * 3600_000;

describe('An answer from a calendar', () => {
  useDatabase();
  let event: Event;
  let registration: Registration;
  let inbox: Awaited<ReturnType<typeof startInbox>>;
  const context: Context = visitorAt(monday, takingMail);
  before(async () => {
    inbox = await startInbox(context);
  });
  after(() => inbox.close());
  beforeEach(async () => {
    context.now = monday;
    await anAuthority();
    event = await anEvent();
    registration = await aRegistration(event);
  });

  /** What is known of the person now, and what was mailed. */
  const standing = async () => ({
    ...(await RegistrationModel.findById(registration._id).orFail().lean<Registration>()),
    seats: (await EventModel.findById(event._id).orFail().lean()).taken.plats,
    letters: (await LetterModel.find().sort({ createdAt: 1 }).lean()).map(({ kind }) => kind),
  });
  const come = async (
    mail: string,
    envelope?: { from?: string; to?: string },
  ): Promise<MailOutcome | undefined> => (await inbox.take(mail, envelope)).outcome;
  const saying = (changes: Partial<Said> = {}) => reply(registration, changes);
  const unchanged = { status: 'confirmed', answer: undefined, seats: 1, letters: [] };
  const expectStanding = async (expected: object) => {
    const { status, answer, seats, letters } = await standing();
    expect({ status, answer, seats, letters }).to.deep.equal(expected);
  };

  describe('that is believed', () => {
    for (const [program, write] of Object.entries(programs))
      it(`comes from ${program}: a no is noted, frees no seat, and mails one question (R46, R52)`, async () => {
        expect(await inbox.take(write(said(registration)))).to.include({
          state: 'done',
          outcome: 'declined',
        });
        const { answer, ...now } = await standing();
        expect(answer).to.include({ status: 'declined', sequence: 0 });
        expect(now).to.deep.include({ status: 'confirmed', seats: 1, letters: ['are-you-coming'] });
      });

    for (const name of ['in-synth-gmail-decline', 'in-synth-outlook-decline-no-organizer'])
      it(`comes as the sample ${name}`, async () => {
        expect(await come(sample(name, registration))).to.equal('declined');
        expect((await standing()).letters).to.deep.equal(['are-you-coming']);
      });

    for (const [partstat, status] of [
      ['ACCEPTED', 'accepted'],
      ['TENTATIVE', 'tentative'],
    ] as const)
      it(`is only noted where it is ${partstat} (R52)`, async () => {
        expect(await come(saying({ partstat }))).to.equal(status);
        const { answer, letters } = await standing();
        expect(answer).to.include({ status });
        expect(letters).to.deep.equal([]);
      });

    it('is known by UID and address, however the address is written (R47)', async () => {
      expect(await come(saying({ from: 'Asa.Oberg@EXAMPLE.se', attendee: 'ASA.OBERG@example.se' }))).to.equal(
        'declined',
      );
    });

    it('counts by its own time, not by its arrival: the newest wins (R50)', async () => {
      expect(await come(saying({ partstat: 'ACCEPTED', stamp: '20270111T103000Z' }))).to.equal('accepted');
      expect(await come(saying({ stamp: '20270111T102000Z' }))).to.equal('older');
      expect((await standing()).answer).to.include({ status: 'accepted' });
      expect(await come(saying({ stamp: '20270111T104000Z' }))).to.equal('declined');
    });

    it('does not outdo all later ones where its clock is ahead', async () => {
      expect(await come(saying({ stamp: '20990101T000000Z' }))).to.equal('declined');
      context.now = new Date(+monday + day);
      expect(await come(saying({ partstat: 'ACCEPTED', stamp: '20270112T100000Z' }))).to.equal('accepted');
    });

    it('applies once: the same mail, and the same answer in another mail (R50)', async () => {
      const mail = saying();
      expect([await come(mail), await come(mail), await come(saying())]).to.deep.equal([
        'declined',
        'duplicate',
        'duplicate',
      ]);
      expect((await standing()).letters).to.deep.equal(['are-you-coming']);
    });

    it('asks once for one no, and again for a no after a yes, but at most once a day (R57)', async () => {
      for (const [minute, partstat] of [
        [1, 'DECLINED'],
        [2, 'DECLINED'],
        [3, 'ACCEPTED'],
        [4, 'DECLINED'],
        [5, 'ACCEPTED'],
      ] as const)
        await come(saying({ partstat, stamp: `20270111T100${minute}00Z` }));
      expect((await standing()).letters).to.deep.equal(['are-you-coming']);
      context.now = new Date(+monday + day);
      await come(saying({ stamp: '20270112T100000Z' }));
      expect((await standing()).letters).to.deep.equal(['are-you-coming', 'are-you-coming']);
    });

    it('is noted, and asks nothing, where it is too late to cancel by oneself', async () => {
      await EventModel.updateOne({ _id: event._id }, { cancelUntil: new Date(+monday - 1) });
      expect(await come(saying())).to.equal('declined');
      expect((await standing()).letters).to.deep.equal([]);
    });
  });

  describe('that says nothing about the event as it now is', () => {
    it('is about an old time where its SEQUENCE is below ours (R49)', async () => {
      await RegistrationModel.updateOne({ _id: registration._id }, { sequence: 1 });
      expect(await come(saying({ sequence: 0 }))).to.equal('old');
      await expectStanding(unchanged);
      expect(await come(saying({ sequence: 1, stamp: '20270111T103000Z' }))).to.equal('declined');
    });

    it('comes too late after a cancellation, and after the event', async () => {
      await RegistrationModel.updateOne({ _id: registration._id }, { status: 'cancelled' });
      expect(await come(saying())).to.equal('late');
      await RegistrationModel.updateOne({ _id: registration._id }, { status: 'confirmed' });
      context.now = event.end;
      expect(await come(saying({ stamp: '20270111T103000Z' }))).to.equal('late');
      await expectStanding(unchanged);
    });

    it('is about no invitation of ours', async () => {
      expect(await come(saying({ uid: 'nagot-annat@example.se' }))).to.equal('unknown');
    });
  });

  describe('from another address than the registered one (R47)', () => {
    const elsewhere = 'asa.oberg@stad.example.se';
    const proven = [`Authentication-Results: ${ourServer}; dmarc=pass header.from=stad.example.se`];
    const alias = (changes: Partial<Said> = {}) =>
      saying({ from: elsewhere, attendee: elsewhere, headers: proven, ...changes });

    it('is a no that the registered address is asked about, once, and that shows as any no', async () => {
      expect(await inbox.take(alias())).to.include({ state: 'done', outcome: 'alias' });
      expect(await come(alias({ stamp: '20270111T102000Z' }))).to.equal('alias');
      const { answer, status, seats, letters } = await standing();
      expect({ status, seats, letters }).to.deep.equal({
        ...{ status: 'confirmed', seats: 1 },
        letters: ['are-you-coming'],
      });
      expect(answer).to.include({ status: 'declined', alias: elsewhere });
      const [letter] = await LetterModel.find().lean();
      expect(letter?.to.address).to.equal(registration.email);
    });

    it('may take its own no back, and says nothing otherwise', async () => {
      const yes = (stamp: string) => alias({ partstat: 'ACCEPTED', stamp });
      expect(await come(yes('20270111T101000Z'))).to.equal('stranger');
      await expectStanding(unchanged);
      await come(alias());
      expect(await come(yes('20270111T102000Z'))).to.equal('accepted');
      expect((await standing()).answer).to.include({ status: 'accepted', alias: elsewhere });
    });

    const doubtful: Record<string, () => string> = {
      'one who names the right attendee': () => saying({ from: 'bo.ek@evil.example' }),
      'one whom nobody vouches for': () => alias({ headers: [] }),
    };
    for (const [who, mail] of Object.entries(doubtful))
      it(`changes nothing and only mails a question: ${who}`, async () => {
        expect(await inbox.take(mail())).to.include({ state: 'done', outcome: 'asked' });
        await expectStanding({ ...unchanged, letters: ['are-you-coming'] });
      });

    const nobody: Record<string, () => string> = {
      'a yes': () => alias({ partstat: 'ACCEPTED' }),
      'two senders at once': () => saying().replace('From: ', 'From: <bo.ek@example.se>\r\nFrom: '),
      'two addresses in one line': () =>
        saying().replace(/From: .*/, `From: <bo.ek@example.se>, <${registration.email}>`),
    };
    for (const [what, mail] of Object.entries(nobody))
      it(`is a stranger’s: ${what}`, async () => {
        expect(await inbox.take(mail())).to.include({ state: 'done', outcome: 'stranger' });
        await expectStanding(unchanged);
      });

    it('is asked about where the invitation was forwarded, which looks the same', async () => {
      const mail = sample('in-attack-forwardee-decline', {
        ...registration,
        email: 'asa.oberg@kommun.example.se',
      });
      expect(['alias', 'asked']).to.include(await come(mail));
      const { status, seats, letters } = await standing();
      expect({ status, seats, letters }).to.deep.equal({
        status: 'confirmed',
        seats: 1,
        letters: ['are-you-coming'],
      });
    });
  });

  describe('that nobody vouches for (R51)', () => {
    const pass = `${ourServer}; dmarc=pass header.from=example.se`;
    const unproven: Record<string, string[]> = {
      'no word of any server': [],
      'another server': ['Authentication-Results: mx.evil.example; dmarc=pass header.from=example.se'],
      'a server whose name begins like ours': [
        `Authentication-Results: ${ourServer}.evil.example; dmarc=pass`,
      ],
      'ours, below one of ours that says no': [
        `Authentication-Results: ${ourServer}; dmarc=fail header.from=example.se`,
        `Authentication-Results: ${pass}`,
      ],
      'ours, below one of ours that did not look': [
        `Authentication-Results: ${ourServer}; spf=pass`,
        `Authentication-Results: ${pass}`,
      ],
      'a pass in a comment': [
        `Authentication-Results: ${ourServer}; spf=pass (; dmarc=pass (really); dmarc=pass)`,
      ],
      'a pass in quotes': [
        `Authentication-Results: ${ourServer}; spf=fail smtp.mailfrom="; dmarc=pass header.from=example.se;"`,
      ],
      'a pass that is none': [`Authentication-Results: ${ourServer}; dmarc=passed header.from=example.se`],
      'a pass for another domain': [
        `Authentication-Results: ${ourServer}; dmarc=pass header.from=evil.example`,
      ],
      'a pass and a fail': [`Authentication-Results: ${ourServer}; dmarc=pass; dmarc=fail`],
      'DKIM and SPF alone': [`Authentication-Results: ${ourServer}; dkim=pass header.d=example.se; spf=pass`],
    };
    for (const [why, headers] of Object.entries(unproven))
      it(`changes nothing and only mails a question: ${why}`, async () => {
        expect(await inbox.take(saying({ headers }))).to.include({ state: 'done', outcome: 'asked' });
        await expectStanding({ ...unchanged, letters: ['are-you-coming'] });
      });

    it('comes from the real Thunderbird without any', async () => {
      expect(await come(sample('in-real-thunderbird-declined', registration))).to.equal('asked');
      await expectStanding({ ...unchanged, letters: ['are-you-coming'] });
    });

    it('says yes, and nothing follows', async () => {
      expect(await come(saying({ partstat: 'ACCEPTED', headers: [] }))).to.equal('unproved');
      await expectStanding(unchanged);
    });

    it('comes again and again: one question a day (R57)', async () => {
      for (const minute of [1, 2, 3]) await come(saying({ headers: [], stamp: `20270111T100${minute}00Z` }));
      expect((await standing()).letters).to.deep.equal(['are-you-coming']);
    });

    it('is all there is where no server is named', async () => {
      const open = visitorAt(monday, { ...takingMail, inboundAuthservId: undefined });
      const other = await startInbox(open);
      expect((await other.take(saying())).outcome).to.equal('asked');
      await other.close();
      await expectStanding({ ...unchanged, letters: ['are-you-coming'] });
    });

    it('is believed again with our server on top, in capitals, with comments and a version', async () => {
      const headers = [
        `Authentication-Results: ${ourServer.toUpperCase()} 1; spf=none (no "record"; (sic)); DMARC=PASS (p=reject) header.from=Example.SE`,
        'Authentication-Results: mx.evil.example; dmarc=fail',
      ];
      expect(await come(saying({ headers }))).to.equal('declined');
    });
  });

  describe('that is no plain answer (R53)', () => {
    for (const method of ['COUNTER', 'REQUEST', 'CANCEL', 'REFRESH', 'ADD', 'PUBLISH'])
      it(`is shown to people: ${method}`, async () => {
        const mail = await inbox.take(saying({ method }));
        expect(mail).to.include({ state: 'people', outcome: 'calendar', authority: '05' });
        expect(String(mail.registration)).to.equal(String(registration._id));
        await expectStanding(unchanged);
      });

    for (const partstat of ['DELEGATED', 'NEEDS-ACTION', 'X-KANSKE', ''])
      it(`is shown to people: PARTSTAT=${partstat}`, async () => {
        expect(await inbox.take(saying({ partstat }))).to.include({ state: 'people', outcome: 'calendar' });
        await expectStanding(unchanged);
      });
  });

  describe('in a mail that no person sent (R54)', () => {
    const signs = [
      'Auto-Submitted: auto-replied',
      'Auto-Submitted: auto-generated; x=1',
      'Return-Path: <>',
      'Precedence: bulk',
      'X-Autoreply: yes',
      'X-Autorespond: Frånvaro',
      'List-Id: <alla.example.se>',
    ];
    for (const sign of signs)
      it(`is left to people: ${sign}`, async () => {
        const headers = [...said(registration).headers, sign];
        expect(await inbox.take(saying({ headers }))).to.include({ state: 'people', outcome: 'autoanswer' });
        await expectStanding(unchanged);
      });

    it('is left to people where the envelope has no sender, and nothing is mailed in answer (R57)', async () => {
      expect(await come(saying(), { from: '' })).to.equal('autoanswer');
      await expectStanding(unchanged);
    });

    it('counts where the mail says that a person sent it', async () => {
      const headers = [...said(registration).headers, 'Auto-Submitted: no', 'X-Auto-Response-Suppress: OOF'];
      expect(await come(saying({ headers }))).to.equal('declined');
    });

    it('is not looked for in an absence notice', async () => {
      const mail = await inbox.take(sample('in-synth-oof-autoreply', registration));
      expect(mail).to.include({ state: 'done', outcome: 'automatic' });
      await expectStanding(unchanged);
    });
  });
});
