import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Types } from 'mongoose';
import { createTransport } from 'nodemailer';
import type { Context } from '../../../src/base/context.ts';
import { type Listener, openListener } from '../../../src/inbox/listener.ts';
import { type Mail, MailModel } from '../../../src/inbox/mail.ts';
import { readInbox } from '../../../src/inbox/read-inbox.ts';
import type { Registration } from '../../../src/registrations/registration.ts';

/** The mail server whose word counts in these tests. */
export const ourServer = 'mx.evenemang.example.se';

/** The settings of a service that takes mail. */
export const takingMail = {
  inboundListen: { host: '127.0.0.1', port: 0 },
  inboundAuthservId: ourServer,
  envelopeDomain: 'studs.example.se',
};

/** One of the mails in samples, about this registration instead of the sample's. */
export function sample(name: string, registration: Pick<Registration, 'uid' | 'email'>): string {
  const text = readFileSync(join(import.meta.dirname, '../../inbox/samples', `${name}.eml`), 'utf8');
  return changed(text, (part) =>
    part
      .replaceAll('0b8e7c52-6f0c-4f0e-9a7e-3c1d2f5a9b10@evenemang.example.se', registration.uid)
      .replaceAll('asa.oberg@kommun.example.se', registration.email)
      .replaceAll('header.from=kommun.example.se', `header.from=${registration.email.split('@')[1]}`),
  ).replace(/\r?\n/g, '\r\n');
}

/** Changes a mail's words, also those that stand in base64. */
function changed(mail: string, change: (text: string) => string): string {
  const base64 = /(?<=base64\r?\n\r?\n)[A-Za-z0-9+/=\r\n]+?(?=\r?\n--|\r?\n?$)/g;
  return change(
    mail.replace(base64, (code) => {
      const text = change(Buffer.from(code, 'base64').toString());
      return Buffer.from(text).toString('base64').replace(/.{76}/g, '$&\r\n');
    }),
  );
}

/** A mail in the database that waits for people; change what the test is about. */
export async function aMail(facts: Partial<Mail> = {}): Promise<Mail> {
  const mail: Mail = {
    _id: new Types.ObjectId(),
    receivedAt: new Date('2027-01-11T09:30:00Z'),
    envelope: { from: 'bo.ek@example.se', to: ['boostdagar@example.se'] },
    raw: Buffer.from('From: bo.ek@example.se\r\nSubject: Var ligger det?\r\n\r\nHej!\r\n'),
    ...{ state: 'people', outcome: 'letter', attempts: 0 },
    from: { name: 'Bo Ek', address: 'bo.ek@example.se' },
    subject: 'Var ligger det?',
    text: 'Hej!\n\nJag hittar inte till Residenset. Var ligger det?\n\nBo',
    ...facts,
  };
  await MailModel.insertMany([mail], { lean: true });
  return mail;
}

/** Hands mails to a listener of the service over SMTP, as its mail server would. */
export async function startInbox(context: Context): Promise<{
  port: number;
  take(mail: string, envelope?: { from?: string; to?: string }): Promise<Mail>;
  close(): Promise<void>;
}> {
  const listener: Listener = await openListener(
    { host: '127.0.0.1', port: 0 },
    { settings: context.settings, clock: () => context.now },
  );
  const line = createTransport({ host: '127.0.0.1', port: listener.port, secure: false, ignoreTLS: true });
  return {
    port: listener.port,
    async take(mail, { from = 'asa.oberg@example.se', to = context.settings.mailFrom } = {}) {
      await line.sendMail({ envelope: { from, to }, raw: mail });
      await readInbox(context);
      return MailModel.findOne().sort({ _id: -1 }).orFail().lean<Mail>();
    },
    async close() {
      line.close();
      await listener.close();
    },
  };
}

/** What a reply says; change what the test is about. */
export type Said = {
  uid: string;
  attendee: string;
  from: string;
  partstat: string;
  sequence: number;
  stamp: string;
  method: string;
  messageId: string;
  /** Headers above all others, as our mail server writes them. */
  headers: string[];
};

/** How known programs build their answers, after public reports and the samples. Each is a whole mail. */
export const programs: Record<string, (said: Said) => string> = {
  'Outlook, without ORGANIZER (R48)': (said) =>
    mailOf(said, 'multipart/alternative; boundary="_000_"', [
      '--_000_',
      'Content-Type: text/plain; charset="iso-8859-1"',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      'Jag kan tyv=E4rr inte.',
      '--_000_',
      `Content-Type: text/calendar; charset="utf-8"; method=${said.method}`,
      'Content-Transfer-Encoding: base64',
      '',
      base64(object(said, ['PRODID:Microsoft Exchange Server 2010'], ['X-MICROSOFT-CDO-OWNERAPPTID:0'])),
      '--_000_--',
    ]),
  'Gmail, with a file beside it': (said) =>
    mailOf(said, 'multipart/mixed; boundary="g1"', [
      '--g1',
      'Content-Type: multipart/alternative; boundary="g2"',
      '',
      '--g2',
      'Content-Type: text/plain; charset="UTF-8"',
      '',
      'Åsa Öberg har tackat nej.',
      '--g2',
      `Content-Type: text/calendar; charset="UTF-8"; method=${said.method}`,
      'Content-Transfer-Encoding: 7bit',
      '',
      object(said, ['PRODID:-//Google Inc//Google Calendar 70.9054//EN', 'CALSCALE:GREGORIAN'], organizer),
      '--g2--',
      '--g1',
      'Content-Type: application/ics; name="invite.ics"',
      'Content-Disposition: attachment; filename="invite.ics"',
      'Content-Transfer-Encoding: base64',
      '',
      base64(object(said, [], organizer)),
      '--g1--',
    ]),
  'Apple, which names people by an id (RFC 7986)': (said) =>
    mailOf(said, 'multipart/mixed; boundary="Apple-Mail=_1"', [
      '--Apple-Mail=_1',
      'Content-Type: text/plain; charset=utf-8',
      '',
      'Åsa kommer inte.',
      '--Apple-Mail=_1',
      `Content-Type: text/calendar; charset=utf-8; method=${said.method}; name="iCal.ics"`,
      'Content-Disposition: attachment; filename="iCal.ics"',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      object(said, ['PRODID:-//Apple Inc.//macOS 15.1//EN'], organizer, 'urn:uuid:6d1f').replaceAll(
        '=',
        '=3D',
      ),
      '--Apple-Mail=_1--',
    ]),
  'Thunderbird, nested': (said) =>
    mailOf(said, 'multipart/mixed; boundary="t1"', [
      '--t1',
      'Content-Type: multipart/alternative; boundary="t2"',
      '',
      '--t2',
      'Content-Type: text/plain; charset=UTF-8',
      '',
      'Åsa har tackat nej.',
      '--t2',
      `Content-Type: text/calendar; method=${said.method}; charset=UTF-8`,
      'Content-Transfer-Encoding: 8BIT',
      '',
      object(
        said,
        ['PRODID:-//Mozilla.org/NONSGML Mozilla Calendar V1.1//EN'],
        [...organizer, 'STATUS:CONFIRMED'],
      ),
      '--t2--',
      '--t1--',
    ]),
  'a program that sends nothing but the object': (said) =>
    mailOf(said, `text/calendar; charset=utf-8; method=${said.method}`, [
      object(said, ['PRODID:-//x//x//x'], organizer),
    ]),
};

const organizer = ['ORGANIZER;CN="Länsstyrelsen Östergötland":MAILTO:boostdagar@example.se'];

/** A no to this registration's invitation, believed; `changes` make it another answer. */
export function said(registration: Pick<Registration, 'uid' | 'email'>, changes: Partial<Said> = {}): Said {
  return {
    uid: registration.uid,
    attendee: registration.email,
    from: registration.email,
    partstat: 'DECLINED',
    sequence: 0,
    stamp: '20270111T101500Z',
    method: 'REPLY',
    messageId: `<${Math.random().toString(36).slice(2)}@example.se>`,
    headers: [`Authentication-Results: ${ourServer}; dmarc=pass header.from=example.se; spf=pass`],
    ...changes,
  };
}

/** The plainest mail that says this. */
export function reply(
  registration: Pick<Registration, 'uid' | 'email'>,
  changes: Partial<Said> = {},
): string {
  return programs['Outlook, without ORGANIZER (R48)']?.(said(registration, changes)) ?? '';
}

function mailOf({ headers, from, messageId }: Said, contentType: string, body: string[]): string {
  return [
    ...headers,
    `From: =?utf-8?Q?=C3=85sa_=C3=96berg?= <${from}>`,
    'To: boostdagar@example.se',
    'Subject: =?utf-8?q?Avb=C3=B6jt=3A_Skolan_som_skydd?=',
    `Message-ID: ${messageId}`,
    'Date: Mon, 11 Jan 2027 11:15:00 +0100',
    'MIME-Version: 1.0',
    `Content-Type: ${contentType}`,
    '',
    ...body,
    '',
  ].join('\r\n');
}

function object(
  { uid, attendee, partstat, sequence, stamp, method }: Said,
  calendar: string[],
  event: string[],
  id?: string,
): string {
  const who = id ? `;EMAIL=${attendee}:${id}` : `:mailto:${attendee}`;
  return [
    'BEGIN:VCALENDAR',
    ...calendar,
    'VERSION:2.0',
    `METHOD:${method}`,
    'BEGIN:VEVENT',
    `UID:${uid}`,
    `DTSTAMP:${stamp}`,
    `SEQUENCE:${sequence}`,
    `ATTENDEE;PARTSTAT=${partstat};CN=Åsa Öberg${who}`,
    'DTSTART:20270211T080000Z',
    ...event,
    'END:VEVENT',
    'END:VCALENDAR',
  ].join('\r\n');
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64').replace(/.{76}/g, '$&\r\n');
}
