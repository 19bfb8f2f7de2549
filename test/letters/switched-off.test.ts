import { expect } from 'chai';
import { MailingModel } from '../../src/letters/mailings/mailing.ts';
import { LetterModel } from '../../src/outbox/letter.ts';
import { startWorker } from '../../src/worker.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { anAuthority, anEvent, aRegistration } from '../support/builders.ts';
import { organiserAt } from '../support/contexts.ts';
import { readMail } from '../support/mail/mailbox.ts';
import { type Smtp, startSmtp } from '../support/mail/smtp.ts';
import { signIn } from '../support/requests/sign-in.ts';
import { wordsOf } from '../support/requests/words.ts';

describe('A service whose machine is switched off now and then', () => {
  let app: TestApp;
  let smtp: Smtp;
  let now: Date;
  const running: { stop(): Promise<void> }[] = [];

  beforeEach(async () => {
    now = new Date('2027-02-03T11:00:00Z');
    smtp = await startSmtp();
    app = await startApp({ clock: () => now, settings: { smtpUrl: smtp.url } });
    await anAuthority();
  });
  afterEach(async () => {
    await off();
    await app.close();
    await smtp.close();
  });

  const on = () => running.push(startWorker({ settings: app.settings, clock: () => now }));
  const off = async () => {
    for (const worker of running.splice(0)) await worker.stop();
  };
  /** Waits for so many letters and for a round more, in which nothing is to come. */
  const subjects = async (count: number) => {
    await smtp.received(count);
    while (await LetterModel.exists({ state: { $in: ['queued', 'sending'] } }))
      await new Promise((resolve) => setTimeout(resolve, 20));
    await new Promise((resolve) => setTimeout(resolve, 700));
    const mails = await Promise.all(smtp.mails.map(readMail));
    return mails.map(({ to, subject }) => `${to[0]?.split('@')[0]}: ${subject.split(':')[0]}`);
  };

  it('sends what is still of use, says what is not, and everything once by two workers', async () => {
    const event = await anEvent();
    await aRegistration(event, { email: 'karin@example.se', present: true });
    await aRegistration(event, { email: 'omar@example.se', mode: 'digitalt' });
    on();
    await new Promise((resolve) => setTimeout(resolve, 200));
    await off();

    now = new Date('2027-02-10T11:00:00Z');
    on();
    on();
    expect((await subjects(2)).sort()).to.deep.equal(['karin: Påminnelse', 'omar: Påminnelse']);
    const maja = await signIn(app);
    const page = wordsOf(await (await maja.get(`/kontor/evenemang/${event._id}/brev`)).text());
    expect(page)
      .to.include('Påminnelse en vecka före 2027-02-04 09.00 Missat Gick aldrig ut')
      .and.include('Skickat Till 2 personer, först 2027-02-10 12.00.');

    now = new Date('2027-02-12T09:00:00Z');
    expect((await subjects(3)).slice(2)).to.deep.equal(['karin: Tack för att du var med']);
    await maja.post(`/kontor/evenemang/${event._id}/narvaro`, {
      registration: /p-([a-f\d]{24})/.exec(
        await (await maja.get(`/kontor/evenemang/${event._id}/narvaro?q=omar&mode=alla`)).text(),
      )?.[1] as string,
      present: 'ja',
    });
    now = new Date('2027-02-12T09:01:00Z');
    expect((await subjects(4)).slice(3)).to.deep.equal(['omar: Tack för att du var med']);
  });

  it('finishes a letter by hand that was confirmed before it went off', async () => {
    const event = await anEvent();
    for (const email of ['karin', 'omar']) await aRegistration(event, { email: `${email}@example.se` });
    await MailingModel.create({
      ...{ event: event._id, authority: '05', filter: { status: 'confirmed' }, state: 'sent', count: 2 },
      ...{ subject: 'Kaffe', text: 'Vi bjuder.', changedAt: now, by: organiserAt(now).by.organiser?.name },
    });
    on();
    on();
    expect((await subjects(2)).sort()).to.deep.equal(['karin: Kaffe', 'omar: Kaffe']);
  });
});
