import { expect } from 'chai';
import { AuditModel } from '../../src/audit/log.ts';
import { logger } from '../../src/base/log.ts';
import { keepMail, MailModel } from '../../src/inbox/mail.ts';
import { openMail } from '../../src/inbox/parsing/parse.ts';
import { readInbox } from '../../src/inbox/read-inbox.ts';
import { LetterModel } from '../../src/outbox/letter.ts';
import { type Registration, RegistrationModel } from '../../src/registrations/registration.ts';
import { anAuthority, anEvent, aRegistration, monday } from '../support/builders.ts';
import { visitorAt } from '../support/contexts.ts';
import { useDatabase } from '../support/database.ts';
import { programs, reply, said, startInbox, takingMail } from '../support/mail/inbox.ts';

const context = visitorAt(monday, takingMail);
const plain = programs['a program that sends nothing but the object'];

/** A mail of one kind with this content; its From is believed. */
function mail(contentType: string, body: string): string {
  return `${said({ uid: 'x', email: 'asa.oberg@example.se' }).headers[0]}\r\nFrom: asa.oberg@example.se\r\nContent-Type: ${contentType}\r\n\r\n${body}\r\n`;
}

describe('Mail that means no good, or cannot be read (R46, R55)', () => {
  useDatabase();
  let registration: Registration;
  let inbox: Awaited<ReturnType<typeof startInbox>>;
  before(async () => {
    logger.level = 'silent';
    inbox = await startInbox(context);
  });
  after(async () => {
    logger.level = 'info';
    await inbox.close();
  });
  beforeEach(async () => {
    await anAuthority();
    registration = await aRegistration(await anEvent());
  });
  afterEach(async () => {
    expect((await RegistrationModel.findById(registration._id).lean())?.answer).to.equal(undefined);
    expect(await LetterModel.countDocuments()).to.equal(0);
  });

  const nested = (depth: number, inside: string) =>
    Array.from({ length: depth }).reduce<string>(
      (body, _, level) =>
        `Content-Type: multipart/mixed; boundary="b${level}"\r\n\r\n--b${level}\r\n${body}\r\n--b${level}--\r\n`,
      inside,
    );
  const object = () => plain?.(said(registration)).split('\r\n\r\n').slice(1).join('\r\n\r\n') ?? '';
  const part = () => `Content-Type: text/calendar; method=REPLY\r\n\r\n${object()}`;

  const unreadable: Record<string, () => string> = {
    'a hundred parts within each other': () => `From: asa.oberg@example.se\r\n${nested(100, part())}`,
    'many thousand parts': () =>
      mail(
        'multipart/mixed; boundary=a',
        '--a\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n'.repeat(20_000),
      ),
    'headers without end': () => `Subject: a\r\n${'X-A: b\r\n'.repeat(60_000)}\r\nHej`,
    'a calendar object of more than 100 kB': () =>
      reply(registration).replace(/base64\r\n\r\n[^-]*/, () => {
        const long = object().replace('DTSTART', `DESCRIPTION:${'x'.repeat(110_000)}\r\nDTSTART`);
        return `base64\r\n\r\n${Buffer.from(long).toString('base64')}\r\n`;
      }),
    'a calendar object that is none': () => mail('text/calendar; method=REPLY', 'Hej, jag kommer inte.'),
    'an empty calendar object': () => mail('text/calendar; method=REPLY', ''),
    'thousands of components within each other': () =>
      mail('text/calendar', `BEGIN:VCALENDAR\r\n${'BEGIN:VEVENT\r\n'.repeat(6000)}`),
    'two events in one object': () => {
      const event = /BEGIN:VEVENT[\s\S]*END:VEVENT\r\n/.exec(object())?.[0] ?? '';
      return mail('text/calendar; method=REPLY', object().replace(event, event + event));
    },
    'one day of a series': () =>
      mail('text/calendar', object().replace('SEQUENCE', 'RECURRENCE-ID:20270211T080000Z\r\nSEQUENCE')),
    'no DTSTAMP': () => mail('text/calendar', object().replace(/DTSTAMP.*\r\n/, '')),
    'a DTSTAMP of no known zone': () => mail('text/calendar', object().replace(/(DTSTAMP.*)Z/, '$1')),
    'no METHOD': () => mail('text/calendar', object().replace(/METHOD.*\r\n/, '')),
    'another method outside than inside': () => mail('text/calendar; method=REQUEST', object()),
  };
  for (const [what, write] of Object.entries(unreadable))
    it(`is kept for people, changes nothing and stops nothing: ${what}`, async () => {
      expect(await inbox.take(write())).to.include({ state: 'people', outcome: 'unreadable' });
    });

  it('is kept for people where it is sealed: winmail.dat, S/MIME, PGP', async () => {
    const sealed = [
      mail('application/ms-tnef; name="winmail.dat"', 'eJ8+'),
      mail(
        'multipart/mixed; boundary=a',
        '--a\r\nContent-Type: text/plain\r\n\r\n\r\n--a\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename="WINMAIL.DAT"\r\n\r\nx\r\n--a--',
      ),
      mail('application/pkcs7-mime; smime-type=enveloped-data; name="smime.p7m"', 'MIAG'),
      mail(
        'multipart/encrypted; boundary=a; protocol="application/pgp-encrypted"',
        '--a\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n--a--',
      ),
    ];
    for (const one of sealed)
      expect(await inbox.take(one)).to.include({ state: 'people', outcome: 'sealed' });
  });

  it('is read as an ordinary mail where an answer lies inside a mail that is passed on', async () => {
    const inner = reply(registration);
    const forwarded = mail(
      'multipart/mixed; boundary=f',
      `--f\r\nContent-Type: text/plain\r\n\r\nSe nedan.\r\n--f\r\nContent-Type: message/rfc822\r\n\r\n${inner}\r\n--f--`,
    );
    expect(await inbox.take(forwarded)).to.include({ state: 'people', outcome: 'letter', text: 'Se nedan.' });
  });

  it('never makes the service repeat, fetch or believe what an object asks for', async () => {
    const odd = object()
      .replace('DTSTART', 'RRULE:FREQ=SECONDLY;COUNT=999999999\r\nATTACH:http://127.0.0.1:1/x\r\nDTSTART')
      .replace(registration.uid, 'annan@example.se');
    expect((await inbox.take(mail('text/calendar; method=REPLY', odd))).outcome).to.equal('unknown');
  });

  it('takes at most the time it is given, and the next mail is read', async () => {
    // Every line is held against every boundary that is open.
    const open = Array.from(
      { length: 3000 },
      (_, number) => `--r\r\nContent-Type: multipart/mixed; boundary=b${number}\r\n\r\n`,
    );
    const lines = '--x\r\n'.repeat(900_000);
    const slow = Buffer.from(`Content-Type: multipart/mixed; boundary=r\r\n\r\n${open.join('')}${lines}`);
    expect(await openMail(slow, 50)).to.include({ problem: 'The operation was aborted', whole: false });
    expect(await openMail(Buffer.from('Subject: Nästa\r\n\r\nHej'))).to.include({ text: 'Hej' });
  });

  it('shows people a text without an end, a subject with line breaks, and no text at all', async () => {
    const long = await inbox.take(`Subject: =?utf-8?Q?a=0D=0ABcc:_b?=\r\n\r\n${'ord '.repeat(20_000)}`);
    expect(long.text).to.have.length(20_000);
    expect(long.subject).to.equal('a Bcc: b');
    expect(await inbox.take('Content-Type: text/html\r\n\r\n<script>alert(1)</script>')).to.include({
      outcome: 'letter',
      text: '',
    });
    expect((await inbox.take('\r\n')).state).to.equal('people');
  });
});

describe('A mail that several processes find at once', () => {
  useDatabase();

  it('is acted on once', async () => {
    await anAuthority();
    const registration = await aRegistration(await anEvent());
    await keepMail(context, Buffer.from(reply(registration)), { from: registration.email, to: [] });
    await Promise.all([readInbox(context), readInbox(context), readInbox(context)]);
    expect(await MailModel.find().lean()).to.have.length(1);
    expect((await MailModel.findOne().lean())?.outcome).to.equal('declined');
    expect(await LetterModel.countDocuments({ kind: 'are-you-coming' })).to.equal(1);
    expect(await AuditModel.countDocuments({ action: 'registration.declined' })).to.equal(1);
  });
});
