import { setTimeout } from 'node:timers/promises';
import { expect } from 'chai';
import { paths } from '../../src/base/paths.ts';
import type { Event } from '../../src/events/event.ts';
import { LetterModel } from '../../src/outbox/letter.ts';
import { RegistrationModel } from '../../src/registrations/registration.ts';
import { aForm, anAuthority, anEvent, formOf, monday } from '../support/builders.ts';
import { personalLink, readMail } from '../support/mail/mailbox.ts';
import { signIn } from '../support/requests/sign-in.ts';
import { fieldsOf } from '../support/requests/visitor.ts';
import { wordsOf } from '../support/requests/words.ts';
import { type Service, startService } from '../support/service.ts';

const day = 24 * 3600_000;

describe('Nobody is harmed through the form', () => {
  let now: Date;
  let service: Service;
  let event: Event;

  beforeEach(async () => {
    now = monday;
    service = await startService(() => now, { rateLimit: true });
    await anAuthority();
    event = await anEvent();
  });
  afterEach(() => service.close());

  const post = async (path: string, fields: Record<string, string>) =>
    (await fetch(service.app.url + path, formOf(fields))).status;
  const signUp = (fields: Record<string, string>) => post(paths.signUp(event.slug), fields);
  const colleague = (email: string) => ({
    ...{ colleagueGivenName: 'Kim', colleagueFamilyName: 'Lund', colleagueEmail: email },
    ...{ colleagueRole: 'chef', colleagueMode: 'plats' },
  });
  const to = async (number: number) =>
    /^To: .*$/m.exec(String((await service.smtp.received(number))[number - 1]?.raw))?.[0];

  it('what an unproven person types reaches others only as a name, and To names nobody until the link is used', async () => {
    const organisation = 'Ring banken på 010-123 45 67';
    const typed = { ...aForm({ email: 'victim@example.net' }), organisation, onlyOthers: 'ja' };
    expect(await signUp({ ...typed, ...colleague('kim.lund@example.net') })).to.equal(303);
    const mails = await service.smtp.received(2);
    for (const mail of mails) {
      const { text, spoken, subject } = await readMail(mail);
      expect([text, spoken, subject, String(mail.raw)].join())
        .not.to.contain('Ring banken')
        .and.not.contain('010-123');
      expect(String(mail.raw)).to.match(/^To: (victim|kim\.lund)@example\.net\r$/m);
    }
    const { email, ...answers } = aForm();
    const own = personalLink(
      await service.letter(mails.findIndex((mail) => mail.to[0] === 'kim.lund@example.net') + 1),
    );
    expect((await fetch(service.app.url + own)).status).to.equal(200);
    expect((await RegistrationModel.findOne().orFail().lean()).provenAt).to.equal(undefined);
    expect(await post(own, { ...answers, mode: 'digitalt' })).to.equal(303);
    expect((await RegistrationModel.findOne().orFail().lean()).provenAt).to.deep.equal(now);
    expect(await to(3)).to.equal('To: =?UTF-8?B?w4VzYSDDlmJlcmc=?= <kim.lund@example.net>');
  });

  it('names whom an organiser has entered', async () => {
    const maja = await signIn(service.app);
    const answer = await maja.post(
      paths.addParticipant(event._id),
      aForm({ givenName: 'Bo', familyName: 'Ek' }),
    );
    expect(answer.status).to.equal(303);
    expect(await to(1)).to.contain('To: Bo Ek <');
    const page = await maja.get(
      paths.participant(event._id, (await RegistrationModel.findOne().orFail().lean())._id),
    );
    const form = { ...fieldsOf(await page.text()), email: 'bo.ek@example.net' };
    await maja.post(
      paths.participant(event._id, (await RegistrationModel.findOne().orFail().lean())._id),
      form,
    );
    await service.smtp.received(2);
    const { provenAt } = await RegistrationModel.findOne({ email: 'bo.ek@example.net' }).orFail().lean();
    expect(provenAt).to.deep.equal(now);
  });

  it('a mailbox gets ten letters a day by whatever address and kind; the others show in the office and leave the next day', async () => {
    const maja = await signIn(service.app, { email: 'victim@example.net' });
    for (let n = 0; n < 6; n += 1) await signUp(aForm({ email: `victim+${n}@example.net` }));
    for (let n = 6; n < 9; n += 1)
      await signUp({
        ...aForm({ email: 'victim@example.net' }),
        onlyOthers: 'ja',
        ...colleague(`victim+${n}@example.net`),
      });
    await signUp({ ...aForm({ email: 'victim+0@example.net' }), organisation: 'En annan' });
    await post(paths.newLink(), { email: 'victim+1@example.net' });
    await post(paths.signIn(), { email: 'victim@example.net' });
    await signUp(aForm({ email: 'somebody.else@example.net' }));

    // Nine confirmations, three lists, one "registered already" and one new link to the mailbox, of which ten leave.
    const waiting = async () =>
      LetterModel.countDocuments({ state: 'queued', waitsUntil: { $exists: true } });
    while ((await LetterModel.countDocuments()) < 16 || (await waiting()) < 4) {
      // A letter behind another of the same person is looked at again a second later.
      now = new Date(+now + 100);
      await setTimeout(50);
    }
    const mails = await service.smtp.received(12);
    const subjects = await Promise.all(mails.map(async (mail) => (await readMail(mail)).subject));
    expect(subjects.filter((one) => one.startsWith('Logga in'))).to.have.length(1);
    expect(mails.flatMap((mail) => mail.to).filter((one) => /^victim/.test(one))).to.have.length(11);

    const shown = async (path: string) => wordsOf(await (await maja.get(path)).text());
    expect(await shown('/kontor')).to.contain('4 mejl väntar på sin tur');
    expect(await shown(paths.letters()))
      .to.contain('4 mejl väntar på sin tur')
      .and.contain('Tidigast');
    const one = await LetterModel.findOne({ state: 'queued' }).orFail().lean();
    expect(await shown(paths.letter(one._id)))
      .to.contain('Mejlet väntar till')
      .and.contain('högst tio mejl om dygnet');

    now = new Date(+now + day);
    expect((await service.smtp.received(16)).slice(12)).to.have.length(4);
    while ((await waiting()) > 0) await setTimeout(50);
    expect(await shown(paths.letters())).not.to.contain('väntar på sin tur');
  });
});
