import { expect } from 'chai';
import { AuditModel } from '../../../src/audit/log.ts';
import type { Context } from '../../../src/base/context.ts';
import { paths } from '../../../src/base/paths.ts';
import { type Event, EventModel } from '../../../src/events/event.ts';
import { type Mail, MailModel } from '../../../src/inbox/mail.ts';
import { type Organiser, OrganiserModel } from '../../../src/organisers/organiser.ts';
import { makeLink } from '../../../src/organisers/sign-in.ts';
import { openLink } from '../../../src/organisers/use-link.ts';
import { type Letter, LetterModel } from '../../../src/outbox/letter.ts';
import { returnAddress } from '../../../src/outbox/return-address.ts';
import { tokenOf } from '../../../src/registrations/personal/links.ts';
import { type Registration, RegistrationModel } from '../../../src/registrations/registration.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { anAuthority, anEvent, aRegistration, monday } from '../../support/builders.ts';
import { reply, startInbox, takingMail } from '../../support/mail/inbox.ts';
import { type Browser, signIn } from '../../support/requests/sign-in.ts';
import { wordsOf } from '../../support/requests/words.ts';

describe('Mail that came in, in the office', () => {
  let app: TestApp;
  let maja: Browser;
  let other: Browser;
  let event: Event;
  let registration: Registration;
  let now: Date;
  let inbox: Awaited<ReturnType<typeof startInbox>>;

  beforeEach(async () => {
    now = monday;
    app = await startApp({
      clock: () => now,
      settings: { ...takingMail, smtpUrl: 'smtp://post.example.se' },
    });
    await anAuthority();
    event = await anEvent();
    registration = await aRegistration(event);
    maja = await signIn(app);
    other = await signIn(app, { email: 'eva@example.se', name: 'Eva Ek', authority: '04' });
    const context: Context = { now: monday, by: {}, settings: app.settings };
    inbox = await startInbox(context);
  });
  afterEach(async () => {
    await inbox.close();
    await app.close();
  });

  const words = async (browser: Browser, path: string) => wordsOf(await (await browser.get(path)).text());
  const letter = (subject: string, text = 'Hej!') =>
    inbox.take(`From: Bo Ek <bo.ek@example.se>\r\nSubject: ${subject}\r\n\r\n${text}\r\n`);

  it('is listed with its reason, for its own board, and for that of FIRST_AUTHORITY where it is nobody’s', async () => {
    await letter('Var ligger det?');
    await inbox.take(reply(registration, { method: 'COUNTER' }));
    const ours = await words(maja, paths.inbox());
    expect(ours).to.match(
      /Avböjt: Skolan som skydd Föreslår en annan tid .* Var ligger det\? Ett vanligt mejl bo\.ek@example\.se/,
    );
    const theirs = await words(other, paths.inbox());
    expect(theirs).to.not.include('Var ligger det?').and.not.include('Avböjt');
    expect(await words(other, paths.office())).to.not.include('mejl har kommit in');
  });

  it('shows its text as text, and its file as it came, to its own board only', async () => {
    const mail = await inbox.take(
      reply(registration, { method: 'COUNTER' }).replace(
        'Jag kan tyv=E4rr inte.',
        '<b onclick=x>Kan vi b=F6rja tio?</b>',
      ),
    );
    const page = await (await maja.get(paths.inboxMail(mail._id))).text();
    expect(page).to.include('&lt;b onclick=x&gt;Kan vi börja tio?&lt;/b&gt;');
    expect(wordsOf(page)).to.include('Gäller Åsa Öberg, asa.oberg@example.se');
    const file = await maja.get(paths.inboxFile(mail._id));
    expect(file.headers.get('content-disposition')).to.match(/^attachment; filename="?mejl-/);
    expect(file.headers.get('content-type')).to.match(/^message\/rfc822/);
    const { raw } = await MailModel.findById(mail._id)
      .setOptions({ promoteBuffers: true })
      .orFail()
      .lean<Mail>();
    expect(Buffer.from(await file.arrayBuffer()).equals(raw)).to.equal(true);
    for (const path of [paths.inboxMail(mail._id), paths.inboxFile(mail._id)])
      expect((await other.get(path)).status).to.equal(404);
    expect((await other.post(paths.inboxMail(mail._id))).status).to.equal(404);
  });

  it('keeps a personal link that is quoted to its own board, and hides it there (K2)', async () => {
    const token = tokenOf(registration, app.settings.secret);
    const mail = await letter('Sv: Du är anmäld', `Hej!\r\n> https://boostdagar.example.se/anmalan/${token}`);
    expect(mail).to.include({ outcome: 'letter', authority: '05' });
    expect(await words(maja, paths.inboxMail(mail._id)))
      .to.include('/anmalan/dold')
      .and.not.include(token);
    expect((await other.get(paths.inboxFile(mail._id))).status).to.equal(404);
  });

  it('shows another board neither a second copy nor an absence notice of what is not its own', async () => {
    const answer = reply(registration);
    await inbox.take(answer);
    const copy = await inbox.take(answer);
    const token = tokenOf(registration, app.settings.secret);
    const notice = await letter(
      'Frånvaro\r\nAuto-Submitted: auto-replied',
      `> https://boostdagar.example.se/anmalan/${token}`,
    );
    expect([copy.outcome, notice.outcome]).to.deep.equal(['duplicate', 'automatic']);
    for (const { _id } of [copy, notice]) {
      expect((await other.get(paths.inboxMail(_id))).status).to.equal(404);
      expect((await maja.get(paths.inboxMail(_id))).status).to.equal(200);
    }
  });

  it('signs nobody in by a letter that came back, whoever reads it', async () => {
    await maja.post('/kontor/installningar/organisatorer', { name: 'Ny Chef', email: 'ny@example.se' });
    const invitation = await LetterModel.findOne({ kind: 'sign-in' })
      .setOptions({ promoteBuffers: true })
      .orFail()
      .lean<Letter>();
    const sent = String(invitation.raw);
    const [link = ''] = /\/kontor\/logga-in\/[\w-]{43}/.exec(sent.replaceAll('=\r\n', '')) ?? [];
    const to = returnAddress(invitation, app.settings);
    const report = 'Final-Recipient: rfc822; ny@example.se\r\nAction: failed\r\nStatus: 5.1.1';
    const parts = [
      `--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx\r\n\r\n${report}\r\n`,
      `--b\r\nContent-Type: message/rfc822\r\n\r\n${sent}\r\n--b--\r\n`,
    ];
    const head = 'Content-Type: multipart/report; report-type=delivery-status; boundary=b';
    const bounce = await inbox.take(`${head}\r\n\r\n${parts.join('')}`, { from: '', to });
    expect(bounce.outcome).to.equal('bounced');
    expect(link).to.have.length(60);
    const answer = await fetch(app.url + link, { method: 'POST', redirect: 'manual' });
    expect(answer.headers.getSetCookie()).to.deep.equal([]);
  });

  /** Mails that tell whose they are by their sender alone, or by a UID in what cannot be read (found/mail.md, 3.2). */
  const explained: Record<string, () => string> = {
    'an ordinary letter': () =>
      `From: Åsa <ASA.OBERG@example.se>\r\nSubject: Hej\r\n\r\nJag kan inte komma.\r\n`,
    'winmail.dat': () =>
      'From: asa.oberg@example.se\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\n\r\neJ8+\r\n',
    'a calendar object without METHOD': () =>
      reply(registration, { from: 'sekreterare@example.se' }).replace(/base64\r\n\r\n[^-]*/, () => {
        const object = `BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:${registration.uid.slice(0, 30)}\r\n ${registration.uid.slice(30)}\r\n`;
        return `base64\r\n\r\n${Buffer.from(object).toString('base64')}\r\n`;
      }),
  };
  for (const [what, mail] of Object.entries(explained))
    it(`is for the board alone that its sender or UID is registered with: ${what} (R46, R55)`, async () => {
      await EventModel.updateOne({ _id: event._id }, { authority: '04' });
      await RegistrationModel.updateOne({ _id: registration._id }, { authority: '04' });
      const { _id, authority } = await inbox.take(mail(), { from: 'asa.oberg@example.se' });
      expect(authority).to.equal('04');
      for (const path of [paths.inboxMail(_id), paths.inboxFile(_id)])
        expect((await maja.get(path)).status).to.equal(404);
      expect(await words(other, paths.inboxMail(_id))).to.include('Gäller Åsa Öberg, asa.oberg@example.se');
    });

  it('is nobody’s where its sender is registered with several boards', async () => {
    const away = await anEvent({ authority: '04', slug: 'annat-lan' });
    await aRegistration(away, { authority: '04' });
    const mail = await inbox.take('From: asa.oberg@example.se\r\nSubject: Hej\r\n\r\nHej!\r\n');
    expect(mail.authority).to.equal(undefined);
    expect((await maja.get(paths.inboxMail(mail._id))).status).to.equal(200);
    expect((await other.get(paths.inboxMail(mail._id))).status).to.equal(404);
  });

  const base64 = (text: string) => Buffer.from(text).toString('base64').replace(/.{76}/g, '$&\r\n');
  const inParts = (...parts: string[]) =>
    `From: Bo Ek <bo.ek@example.se>\r\nSubject: Vidare\r\nContent-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\nContent-Type: text/plain\r\n\r\nSe nedan.\r\n${parts.map((part) => `--m\r\n${part}\r\n`).join('')}--m--\r\n`;
  /** A link where the text of the mail does not show it (found/safety.md, 4). */
  const disguised: Record<string, (link: string) => string> = {
    'in HTML in base64': (link) =>
      inParts(
        `Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64(`<a href="${link}">Logga in</a>`)}`,
      ),
    'in a mail that is attached in base64': (link) =>
      inParts(
        `Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64(`Subject: Logga in\r\n\r\n${link}\r\n`)}`,
      ),
    // Only the second of the two readers knows it.
    'in UTF-16': (link) =>
      inParts(
        `Content-Type: text/html; charset=utf-16le\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(link, 'utf16le').toString('base64')}`,
      ),
  };
  for (const [where, write] of Object.entries(disguised))
    it(`shows nobody a link that it holds ${where}, and ends one that signs in at once`, async () => {
      const eva = await OrganiserModel.findOne({ email: 'eva@example.se' }).orFail().lean<Organiser>();
      const context = { now: monday, by: {}, settings: app.settings };
      const link = await makeLink(context, eva, 15);
      const token = link.slice(-43);
      const mail = await inbox.take(write(link));
      expect(await openLink(context, token)).to.equal(null);
      const file = await maja.get(paths.inboxFile(mail._id));
      expect(file.status).to.equal(where === 'in UTF-16' ? 404 : 200);
      const shown =
        (await maja.get(paths.inboxMail(mail._id)).then((page) => page.text())) + (await file.text());
      expect(shown).to.not.include(token);
      for (const code of [token, link].map((text) => Buffer.from(text).toString('base64').slice(4, -6)))
        expect(shown.replaceAll('\r\n', '')).to.not.include(code);
    });

  it('tells in words what a calendar proposes, and what was written with a no that is believed', async () => {
    const saying = (method: string, partstat: string, lines: string) =>
      inbox.take(
        reply(registration, {
          method,
          partstat,
          stamp: method === 'REPLY' ? '20270111T101600Z' : '20270111T101500Z',
        }).replace(/base64\r\n\r\n([^-]*)/, (_, code: string) => {
          const object = Buffer.from(code, 'base64').toString();
          const changed = object
            .replace(/DTSTART.*/, lines)
            .replace(
              ';CN=',
              partstat === 'DELEGATED' ? ';DELEGATED-TO="mailto:bo.ek@example.se";CN=' : ';CN=',
            );
          return `base64\r\n\r\n${base64(changed)}\r\n`;
        }),
      );
    const time = await saying('COUNTER', 'TENTATIVE', 'DTSTART:20270212T080000Z\r\nDTEND:20270212T110000Z');
    expect(await words(maja, paths.inboxMail(time._id)))
      .to.include('Föreslår en annan tid')
      .and.include('Föreslagen tid fredag 12 februari 2027, klockan 9.00–12.00');
    const place = await saying('REPLY', 'DELEGATED', 'DTSTART:20270211T080000Z');
    expect(await words(maja, paths.inboxMail(place._id)))
      .to.include('Vill lämna över sin plats')
      .and.include('Lämnar över till bo.ek@example.se')
      .and.not.include('Föreslagen tid');
    const no = await saying('REPLY', 'DECLINED', 'COMMENT:Kan tyvärr inte\\, hälsar Åsa');
    expect(no.outcome).to.equal('declined');
    expect(await words(maja, paths.inboxMail(no._id))).to.include('Kommentar Kan tyvärr inte, hälsar Åsa');
    expect(await words(maja, paths.participant(event._id, registration._id))).to.include(
      '”Kan tyvärr inte, hälsar Åsa”',
    );
  });

  it('is held where not all of it could be searched, until links are dead and somebody releases it', async () => {
    const mail = await inbox.take(
      inParts('Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERi0='),
    );
    expect(mail).to.include({ outcome: 'letter', held: true });
    const page = await words(maja, paths.inboxMail(mail._id));
    expect(page)
      .to.include('Mejlet går inte att hämta ännu')
      .and.include('Se nedan.')
      .and.include('från 2027-01-12');
    expect(page).to.not.include('Hämta mejlet').and.not.include('Släpp mejlet');
    expect((await maja.get(paths.inboxFile(mail._id))).status).to.equal(404);
    const early = await maja.post(paths.inboxMail(mail._id), { release: 'ja' });
    expect([early.status, (await maja.get(paths.inboxFile(mail._id))).status]).to.deep.equal([422, 404]);

    now = new Date(+monday + 24 * 3600_000);
    maja = await signIn(app);
    expect(await words(maja, paths.inboxMail(mail._id))).to.include('Släpp mejlet');
    expect((await maja.get(paths.inboxFile(mail._id))).status).to.equal(404);
    expect((await other.post(paths.inboxMail(mail._id), { release: 'ja' })).status).to.not.equal(200);
    await maja.post(paths.inboxMail(mail._id), { release: 'ja' });
    await maja.post(paths.inboxMail(mail._id), { release: 'ja' });
    expect(await words(maja, paths.inboxMail(mail._id)))
      .to.include('Släppt 2027-01-12')
      .and.include('Hämta mejlet');
    expect((await maja.get(paths.inboxFile(mail._id))).status).to.equal(200);
    expect(await AuditModel.countDocuments({ action: 'mail.released', authority: '05' })).to.equal(1);
  });

  it('waits in the list of what to do until somebody has handled it, which can be undone', async () => {
    const { _id } = await letter('Hej');
    expect(await words(maja, paths.office())).to.include('1 mejl har kommit in och väntar på er');
    const done = await maja.post(paths.inboxMail(_id));
    expect(await words(maja, done.headers.get('location') ?? ''))
      .to.include('Mejlet är markerat som klart')
      .and.include('Inget mejl väntar på er');
    expect(await words(maja, paths.office())).to.not.include('mejl har kommit in');
    expect(await words(maja, `${paths.inbox()}?state=handled`)).to.include('bo.ek@example.se');
    expect(await MailModel.findById(_id).lean()).to.deep.include({
      handledBy: 'Maja Lindgren',
      handledAt: monday,
    });
    await maja.post(paths.inboxMail(_id), { handled: 'nej' });
    const back = await MailModel.findById(_id).lean();
    expect(back).to.include({ state: 'people' });
    expect(back).to.not.have.any.keys('handledBy', 'handledAt');
  });

  it('is paged, the newest first', async () => {
    const rows = Array.from({ length: 51 }, (_, number) => ({
      ...{ receivedAt: new Date(+monday + number), envelope: { to: [] }, raw: Buffer.from('x') },
      ...{ state: 'people', outcome: 'letter', subject: `Mejl ${number}` },
    }));
    await MailModel.insertMany(rows);
    const first = await words(maja, paths.inbox());
    expect(first).to.include('Mejl 50').and.not.include('Mejl 0 ');
    expect(await words(maja, `${paths.inbox()}?page=2`))
      .to.include('Mejl 0 ')
      .and.not.include('Mejl 50');
  });

  it('stands in the menu only where mail comes back', async () => {
    expect(await words(maja, paths.events())).to.include('Inkommet');
    const closed = await startApp();
    await anAuthority();
    expect(await words(await signIn(closed), paths.events())).to.not.include('Inkommet');
    await closed.close();
  });

  it('tells on the participant: a no in the calendar, and that nothing is freed by it', async () => {
    await inbox.take(reply(registration));
    const list = await words(maja, paths.participants(event._id));
    expect(list).to.include('Anmäld Har tackat nej i sin kalender').and.include('anmälda 1');
    const page = await words(maja, paths.participant(event._id, registration._id));
    expect(page)
      .to.include('Platsen är kvar tills personen avbokar')
      .and.include('Vad som har kommit tillbaka Tackade nej i sin kalender');
    await maja.post(paths.cancelParticipant(event._id, registration._id));
    expect((await RegistrationModel.findById(registration._id).lean())?.status).to.equal('cancelled');
    expect(await words(maja, `${paths.participants(event._id)}?status=`)).to.not.include('Har tackat nej');
  });

  it('tells on the participant: an address that takes no mail, and how to mend it', async () => {
    await RegistrationModel.updateOne({ _id: registration._id }, { bouncedAt: monday });
    expect(await words(maja, paths.participants(event._id))).to.include('Adressen tar inte emot mejl');
    expect(await words(maja, paths.participant(event._id, registration._id))).to.include(
      'Fråga personen efter rätt adress',
    );
  });
});
