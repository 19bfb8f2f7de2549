import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import ICAL from 'ical.js';
import { type Attachment, type StructuredHeader, simpleParser } from 'mailparser';
import { Types } from 'mongoose';
import nodeIcal from 'node-ical';
import PostalMime from 'postal-mime';
import type { Authority } from '../../src/authorities/authority.ts';
import { feed } from '../../src/calendar/publication.ts';
import { detailsOf, planOf } from '../../src/events/details/form.ts';
import { type Event, EventModel } from '../../src/events/event.ts';
import { compose } from '../../src/letters/compose.ts';
import { deliver } from '../../src/outbox/sending/delivery.ts';
import { openTransport, type Transport } from '../../src/outbox/sending/transport.ts';
import { cancelRegistration } from '../../src/registrations/changes/cancel.ts';
import { cancelEvent } from '../../src/registrations/changes/cancel-event.ts';
import { changeRegistration } from '../../src/registrations/changes/change.ts';
import { changeEvent } from '../../src/registrations/changes/change-event.ts';
import { proveAddress } from '../../src/registrations/personal/links.ts';
import { type Person, type Registration, RegistrationModel } from '../../src/registrations/registration.ts';
import type { Options } from '../../src/registrations/sign-up/admission.ts';
import { register } from '../../src/registrations/sign-up/register.ts';
import { calendarFileOf, publicEntry } from '../../src/site/event/calendar-file.ts';
import { anAuthority, anEvent, aPerson, monday } from '../support/builders.ts';
import { breaches } from '../support/calendar/calendar-rules.ts';
import { organiserAt, visitorAt } from '../support/contexts.ts';
import { useDatabase } from '../support/database.ts';
import { type Mail, type Smtp, startSmtp } from '../support/mail/smtp.ts';

/** What each revision's object must be, byte for byte. */
const golden = (name: string) => join(import.meta.dirname, 'golden', `${name}.ics`);

const sent = [
  ...['first-request', 'first-request-online', 'time-moved', 'place-moved', 'link-changed', 'way-changed'],
  ...['address-left', 'address-taken', 'own-cancel', 'event-cancelled', 'promotion'],
];
const published = ['file', 'feed', 'file-cancelled', 'feed-cancelled'];

describe('calendar objects, of every kind of revision', () => {
  const mails = new Map<string, Mail>();
  const objects = new Map<string, string>();
  const uids: string[] = [];
  let smtp: Smtp;
  let transport: Transport;
  let authority: Authority;
  let minute = 0;

  useDatabase();
  before(async () => {
    smtp = await startSmtp();
    transport = openTransport({ smtpUrl: smtp.url, production: false });
    await story();
  });
  after(async () => {
    transport.close();
    await smtp.close();
  });

  /** Each act takes place a minute after the one before. */
  function now(): Date {
    minute += 1;
    return new Date(+monday + minute * 60_000);
  }

  /** The life of one event for two people; what each act sends gets a name. */
  async function story() {
    authority = await anAuthority();
    const event = await anEvent({
      _id: new Types.ObjectId('65f0000000000000000000e1'),
      seats: { plats: 40, digitalt: 40 },
      // Else another meeting link is nothing that anybody hears of: the digital door leads there.
      linkIsOut: true,
    });
    const asa = await signUp(event, {});
    await name(['first-request', 'asa.oberg@example.se']);
    await signUp(event, { givenName: 'Bo', familyName: 'Ek', email: 'bo.ek@example.se', mode: 'digitalt' });
    await name(['first-request-online', 'bo.ek@example.se']);
    // From here on Åsa's address is proven, and her name stands in what is sent there; Bo's never is.
    await proveAddress({ now: now() }, asa);
    await change(event, { date: '2027-02-12' });
    await name(['time-moved', 'asa.oberg@example.se']);
    await change(event, { venue: 'Rådhuset' });
    await name(['place-moved', 'asa.oberg@example.se']);
    await change(event, { meetingLink: 'https://moten.example.se/ny-lank' });
    await name(['link-changed', 'bo.ek@example.se']);
    await changePerson(asa, { mode: 'digitalt' });
    await name(['way-changed', 'asa.oberg@example.se']);
    await changePerson(asa, { email: 'asa.ny@example.se' });
    await name(['address-left', 'asa.oberg@example.se'], ['address-taken', 'asa.ny@example.se']);
    await cancelRegistration(visitorAt(now()), asa._id);
    await name(['own-cancel', 'asa.ny@example.se']);
    await publish(event, '');
    await cancelEvent(organiserAt(now()), event._id, 'För få anmälda.');
    await name(['event-cancelled', 'bo.ek@example.se']);
    await publish(event, '-cancelled');
    await promotion();
  }

  /** Somebody who waits gets the first REQUEST together with the seat (R40). */
  async function promotion() {
    const event = await anEvent({
      _id: new Types.ObjectId('65f0000000000000000000e2'),
      seats: { plats: 1, digitalt: null },
    });
    const cilla = await signUp(event, { givenName: 'Cilla', email: 'cilla@example.se' });
    await signUp(event, { givenName: 'Dan', email: 'dan@example.se' }, { wait: true });
    await name();
    await cancelRegistration(visitorAt(now()), cilla._id);
    await name(['promotion', 'dan@example.se']);
  }

  async function signUp(event: Event, facts: Partial<Person>, leave: Options = {}): Promise<Registration> {
    const answer = await register(visitorAt(now()), event._id, aPerson(facts), leave);
    if ('refused' in answer) throw new Error(answer.refused);
    return answer.registration;
  }

  async function change({ _id }: Event, changes: Record<string, string>) {
    const event = await EventModel.findById(_id).orFail().lean<Event>();
    const typed = { ...detailsOf(event), ...changes } as Parameters<typeof planOf>[0];
    const seen = { version: event.version, letters: true };
    const changed = await changeEvent(organiserAt(now()), _id, seen, planOf(typed));
    if ('refused' in changed) throw new Error(changed.refused);
  }

  async function changePerson({ _id }: Registration, changes: Partial<Person>) {
    const registration = await RegistrationModel.findById(_id).orFail().lean<Registration>();
    const { givenName, familyName, organisation, municipality, role, mode } = registration;
    const all = { givenName, familyName, organisation, municipality, role, mode, ...changes };
    const changed = await changeRegistration(organiserAt(now()), _id, all);
    if ('refused' in changed) throw new Error(changed.refused);
  }

  /** Sends what is owed, and keeps the mail to each of these addresses under a name. */
  async function name(...expected: [name: string, to: string][]) {
    const before = smtp.mails.length;
    const { settings } = visitorAt(monday);
    const moment = now();
    const write = (letter: Parameters<typeof compose>[0]) => compose(letter, settings);
    await deliver({ clock: () => moment, by: 'the worker', compose: write, send: transport.send });
    for (const [key, to] of expected) {
      const mail = smtp.mails.slice(before).find((one) => one.to.includes(to));
      if (!mail) throw new Error(`No letter came for ${key}.`);
      mails.set(key, mail);
      const { attachments } = await simpleParser(mail.raw);
      objects.set(key, given(String(attachments[0]?.content)));
    }
  }

  async function publish({ _id }: Event, suffix: string) {
    const event = await EventModel.findById(_id).orFail().lean<Event>();
    const { settings } = visitorAt(monday);
    objects.set(`file${suffix}`, calendarFileOf(event, authority, settings, 'sv'));
    objects.set(`feed${suffix}`, feed('Boostdagar', [publicEntry(event, authority, settings, 'sv')]));
  }

  /** The object with given UIDs in the place of the random ones, in the order in which they came. */
  function given(text: string): string {
    const door = /^(LOCATION:\S*\/delta\/)[\w-]+(?:\r\n [\w-]+)?/gm;
    return text.replace(door, '$1TOKEN').replace(/^UID:([\da-f-]{36})@/gm, (_, uid: string) => {
      if (!uids.includes(uid)) uids.push(uid);
      return `UID:${String(uids.indexOf(uid) + 1).padStart(8, '0')}-0000-4000-8000-000000000000@`;
    });
  }

  it('a typed name goes into no calendar until its address is proven', () => {
    const named = (key: string) => /CN="([^"@]+)":MAILTO/.exec(objects.get(key) ?? '')?.[1];
    expect(named('first-request')).to.equal(undefined);
    expect(named('time-moved')).to.equal('Åsa Öberg');
    expect(named('event-cancelled')).to.equal(undefined);
  });

  for (const key of [...sent, ...published]) {
    it(`${key} is what it was, byte for byte`, () => {
      const text = objects.get(key) ?? '';
      if (process.env.WRITE_GOLDEN) writeFileSync(golden(key), text);
      expect(text).to.equal(readFileSync(golden(key), 'utf8'));
    });

    it(`${key} keeps the rules that libical would hold it to (R10, RFC 5546 3.2)`, () => {
      expect(breaches(objects.get(key) ?? '')).to.deep.equal([]);
    });

    it(`${key} means the same to two parsers of calendars`, () => {
      const text = objects.get(key) ?? '';
      expect(byNodeIcal(text)).to.deep.equal(byIcalJs(text));
    });
  }

  for (const key of sent)
    it(`${key} comes whole out of its mail by two parsers of mails (R1–R4)`, async () => {
      const raw = mails.get(key)?.raw ?? Buffer.alloc(0);
      const one = await simpleParser(raw);
      const other = await PostalMime.parse(raw, { attachmentEncoding: 'utf8' });
      const types = ['text/calendar', 'application/ics'];
      for (const [index, type] of types.entries()) {
        const [first, second] = [one.attachments[index], other.attachments[index]];
        expect([first?.contentType, second?.mimeType]).to.deep.equal([type, type]);
        expect(given(String(first?.content))).to.equal(objects.get(key));
        // This one gives back every text with plain line ends.
        expect(given(String(second?.content).replace(/\r?\n/g, '\r\n'))).to.equal(objects.get(key));
      }
      expect(one.attachments.length + other.attachments.length).to.equal(2 * types.length);
      expect(methodOf(one.attachments[0])).to.equal(other.attachments[0]?.method);
      expect(other.subject).to.equal(one.subject);
      expect(other.text?.trim()).to.equal(one.text?.trim());
      expect(other.to?.[0]?.address).to.equal(mails.get(key)?.to[0]);
    });

  it('has one object after another of each entry: SEQUENCE and DTSTAMP rise, the UID stays (R12–R14, R39)', () => {
    const line = (key: string, property: string) =>
      new RegExp(`^${property}:(.*?)\\r$`, 'm').exec(objects.get(key) ?? '')?.[1];
    const ofAsa = ['first-request', 'time-moved', 'place-moved', 'way-changed', 'address-left'];
    expect(new Set(ofAsa.map((key) => line(key, 'UID'))).size).to.equal(1);
    for (const property of ['SEQUENCE', 'DTSTAMP']) {
      const values = ofAsa.map((key) => line(key, property) ?? '');
      expect(values).to.deep.equal([...new Set(values)].sort());
    }
    expect(line('address-taken', 'UID')).to.equal(line('own-cancel', 'UID'));
    expect(line('address-taken', 'UID')).not.to.equal(line('address-left', 'UID'));
  });

  const broken: [what: string, break_: (text: string) => string, breach: string][] = [
    ['without ORGANIZER', (text) => text.replace(/^ORGANIZER.*\r\n/m, ''), '0 ORGANIZER'],
    ['without ATTENDEE', (text) => text.replace(/^ATTENDEE.*\r\n .*\r\n/m, ''), '0 ATTENDEE'],
    ['with two SEQUENCE', (text) => text.replace(/^(SEQUENCE.*\r\n)/m, '$1$1'), '2 SEQUENCE'],
    [
      'with STATUS:CANCELLED',
      (text) => text.replace('STATUS:CONFIRMED', 'STATUS:CANCELLED'),
      'STATUS CANCELLED',
    ],
    ['with METHOD:REFRESH', (text) => text.replace('METHOD:REQUEST', 'METHOD:REFRESH'), 'METHOD REFRESH'],
    ['with its DTSTAMP local', (text) => text.replace(/^(DTSTAMP.*)Z\r/m, '$1\r'), 'DTSTAMP not in UTC'],
    [
      'with no VTIMEZONE',
      (text) => text.replace(/BEGIN:VTIMEZONE[\s\S]*END:VTIMEZONE\r\n/, ''),
      'TZID Europe/Stockholm is not defined',
    ],
    [
      'with a property from elsewhere',
      (text) => text.replace('STATUS:', 'PERCENT-COMPLETE:1\r\nSTATUS:'),
      'PERCENT-COMPLETE may not stand there',
    ],
  ];
  for (const [what, break_, breach] of broken)
    it(`would notice a REQUEST ${what}`, () => {
      expect(breaches(break_(objects.get('first-request') ?? ''))).to.include(breach);
    });
});

type Meaning = Record<
  'method' | 'uid' | 'summary' | 'location' | 'description' | 'status',
  string | undefined
> &
  Record<'start' | 'end' | 'stamp', number> & { sequence: number; organiser: string; attendee: string };

function byIcalJs(text: string): Meaning {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const timezone = calendar.getFirstSubcomponent('vtimezone');
  if (timezone) ICAL.TimezoneService.register(timezone);
  const component = calendar.getFirstSubcomponent('vevent');
  if (!component) throw new Error('No event.');
  const event = new ICAL.Event(component);
  const value = (property: string) => String(component.getFirstPropertyValue(property) ?? '');
  return {
    method: String(calendar.getFirstPropertyValue('method')),
    uid: event.uid,
    summary: event.summary,
    location: event.location,
    description: event.description,
    status: value('status'),
    start: +event.startDate.toJSDate(),
    end: +event.endDate.toJSDate(),
    stamp: +new Date(value('dtstamp')),
    sequence: event.sequence ?? 0,
    organiser: value('organizer').toLowerCase(),
    attendee: value('attendee').toLowerCase(),
  };
}

function byNodeIcal(text: string): Meaning {
  const event = Object.values(nodeIcal.sync.parseICS(text)).find((part) => part?.type === 'VEVENT');
  if (event?.type !== 'VEVENT') throw new Error('No event.');
  const plain = (value: unknown) =>
    String(typeof value === 'object' && value && 'val' in value ? value.val : (value ?? ''));
  return {
    method: event.method,
    uid: event.uid,
    summary: plain(event.summary),
    location: plain(event.location),
    description: plain(event.description),
    status: event.status,
    start: +event.start,
    end: +(event.end ?? 0),
    stamp: +event.dtstamp,
    sequence: Number(event.sequence),
    organiser: plain(event.organizer).toLowerCase(),
    attendee: plain(event.attendee).toLowerCase(),
  };
}

function methodOf(part: Attachment | undefined): string | undefined {
  const header = part?.headers.get('content-type') as StructuredHeader | undefined;
  return header?.params.method;
}
