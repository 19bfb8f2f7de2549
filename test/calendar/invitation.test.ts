import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import ICAL from 'ical.js';
import { stockholmInstant } from '../../src/base/dates.ts';
import { cancellation, invitation } from '../../src/calendar/invitation.ts';
import { publication } from '../../src/calendar/publication.ts';
import { entry } from '../support/mail/letters.ts';

/** The object as an independent parser reads it. */
function parsed(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const timezone = calendar.getFirstSubcomponent('vtimezone');
  if (timezone) ICAL.TimezoneService.register(timezone);
  const events = calendar.getAllSubcomponents('vevent');
  const event = new ICAL.Event(events[0]);
  return { calendar, timezone, events, event, component: event.component };
}

/** The instants as the parser works them out from the object's own timezone. */
function span(text: string): string[] {
  const { event } = parsed(text);
  return [event.startDate, event.endDate].map((time) => time.toJSDate().toISOString());
}

function instant(day: string, time: string): Date {
  const found = stockholmInstant(day, time);
  if (!found) throw new Error(`${day} ${time} does not exist`);
  return found;
}

const times: [start: [string, string], end: [string, string], expected: [string, string]][] = [
  [
    ['2026-12-01', '09:00'],
    ['2026-12-01', '11:30'],
    ['2026-12-01T08:00:00.000Z', '2026-12-01T10:30:00.000Z'],
  ],
  [
    ['2027-06-01', '09:00'],
    ['2027-06-01', '12:00'],
    ['2027-06-01T07:00:00.000Z', '2027-06-01T10:00:00.000Z'],
  ],
  [
    ['2027-10-30', '18:00'],
    ['2027-10-31', '10:00'],
    ['2027-10-30T16:00:00.000Z', '2027-10-31T09:00:00.000Z'],
  ],
  [
    ['2027-03-27', '18:00'],
    ['2027-03-28', '10:00'],
    ['2027-03-27T17:00:00.000Z', '2027-03-28T08:00:00.000Z'],
  ],
  [
    ['2027-03-28', '01:30'],
    ['2027-03-28', '03:30'],
    ['2027-03-28T00:30:00.000Z', '2027-03-28T01:30:00.000Z'],
  ],
];

describe('calendar/invitation', () => {
  it('writes the whole object as it is meant to be', () => {
    expect(invitation(entry())).to.equal(golden.join('\r\n'));
  });

  it('is an invitation with one event, its organiser and one attendee (R10, R11, R15, R17, R18, R29, R31)', () => {
    const { calendar, events, component } = parsed(invitation(entry()));
    expect(events).to.have.length(1);
    expect(calendar.getFirstPropertyValue('method')).to.equal('REQUEST');
    expect(calendar.getAllProperties().map(({ name }) => name)).to.have.members([
      'version',
      'prodid',
      'method',
    ]);
    expect(component.getAllProperties('attendee')).to.have.length(1);
    expect(component.getAllProperties('sequence')).to.have.length(1);
    expect(component.getFirstProperty('attendee')?.jCal[1]).to.deep.equal({
      role: 'REQ-PARTICIPANT',
      cutype: 'INDIVIDUAL',
      partstat: 'ACCEPTED',
      rsvp: 'FALSE',
      cn: 'Åsa Öberg',
    });
    expect(String(component.getFirstPropertyValue('attendee')).toLowerCase()).to.equal(
      'mailto:asa.oberg@example.se',
    );
    expect(component.getFirstPropertyValue('organizer')).to.equal('mailto:boostdagar@example.se');
    expect(component.getFirstPropertyValue('status')).to.equal('CONFIRMED');
    expect(component.getFirstPropertyValue('x-microsoft-cdo-busystatus')).to.equal('BUSY');
    expect(component.getFirstPropertyValue('x-microsoft-disallow-counter')).to.equal('TRUE');
  });

  it('asks for an answer where answers are read, and never in what takes the event away (R18)', () => {
    const rsvp = (text: string) => /RSVP=([A-Z]+)/.exec(text.replace(/\r\n /g, ''))?.[1];
    expect(rsvp(invitation(entry()))).to.equal('FALSE');
    expect(rsvp(invitation(entry({ asksForAnswer: true })))).to.equal('TRUE');
    expect(rsvp(cancellation(entry({ asksForAnswer: true })))).to.equal('FALSE');
  });

  it('takes the same event away: same UID, times and people, next revision (R35)', () => {
    const first = parsed(invitation(entry()));
    const second = parsed(cancellation(entry({ sequence: 1 })));
    expect(second.calendar.getFirstPropertyValue('method')).to.equal('CANCEL');
    expect(second.component.getFirstPropertyValue('status')).to.equal('CANCELLED');
    expect(second.event.sequence).to.equal(1);
    expect(second.component.getAllSubcomponents('valarm')).to.have.length(0);
    for (const name of ['uid', 'dtstart', 'dtend', 'summary', 'organizer', 'attendee'])
      expect(second.component.getFirstProperty(name)?.toICALString()).to.equal(
        first.component.getFirstProperty(name)?.toICALString(),
      );
  });

  it('publishes without an attendee, also what is cancelled (R43)', () => {
    const { attendee: _nobody, ...open } = entry();
    const { calendar, component } = parsed(publication({ ...open, state: 'published' }));
    expect(calendar.getFirstPropertyValue('method')).to.equal('PUBLISH');
    expect(component.getAllProperties('attendee')).to.have.length(0);
    expect(component.getAllProperties('organizer')).to.have.length(1);
    const cancelled = parsed(publication({ ...open, state: 'cancelled' }));
    expect(cancelled.component.getFirstPropertyValue('status')).to.equal('CANCELLED');
  });

  it('defines the timezone that it uses, with one rule for each half of the year (R20, R21, L1)', () => {
    const { timezone, component } = parsed(invitation(entry()));
    expect(timezone?.getFirstPropertyValue('tzid')).to.equal('Europe/Stockholm');
    expect(component.getFirstProperty('dtstart')?.getParameter('tzid')).to.equal('Europe/Stockholm');
    for (const [half, month] of [
      ['daylight', '3'],
      ['standard', '10'],
    ] as const) {
      const rules = timezone?.getAllSubcomponents(half) ?? [];
      expect(rules).to.have.length(1);
      expect(String(rules[0]?.getFirstPropertyValue('rrule'))).to.equal(
        `FREQ=YEARLY;BYMONTH=${month};BYDAY=-1SU`,
      );
    }
  });

  it('stamps in UTC (R14, L2)', () => {
    const text = invitation(entry());
    expect(text).to.include('\r\nDTSTAMP:20261121T090000Z\r\n');
    expect(text).to.include('\r\nLAST-MODIFIED:20261121T090000Z\r\n');
  });

  for (const [start, end, expected] of times)
    it(`means ${expected.join(' to ')} by ${start.join(' ')} in Stockholm (R23)`, () => {
      expect(span(invitation(entry({ start: instant(...start), end: instant(...end) })))).to.deep.equal(
        expected,
      );
    });

  it('goes over to UTC in the hour that comes twice (R23)', () => {
    const [start, end] = ['2027-10-31T01:30:00.000Z', '2027-10-31T03:00:00.000Z'];
    const text = invitation(entry({ start: new Date(start), end: new Date(end) }));
    expect(text).to.include('\r\nDTSTART:20271031T013000Z\r\n');
    expect(span(text)).to.deep.equal([start, end]);
  });

  for (const timezone of ['UTC', 'Europe/Stockholm', 'America/New_York'])
    it(`is the same on a machine in ${timezone} (R24)`, async () => {
      const { stdout } = await promisify(execFile)(
        process.execPath,
        [join(import.meta.dirname, 'print.ts')],
        {
          env: { ...process.env, TZ: timezone },
        },
      );
      expect(stdout).to.equal(invitation(entry()) + cancellation(entry()));
    });

  it('folds at 75 octets without cutting a character, and ends every line with CRLF (R25, L5)', () => {
    const title = 'Åäö 👩‍🏫 '.repeat(40).trim();
    const text = invitation(entry({ title, description: `${'ö'.repeat(300)}\n${'å'.repeat(73)}` }));
    expect(text.endsWith('END:VCALENDAR\r\n')).to.equal(true);
    expect(text.replaceAll('\r\n', '')).not.to.match(/[\r\n]/);
    for (const line of text.split('\r\n')) {
      expect(Buffer.byteLength(line)).to.be.at.most(75);
      expect(line.isWellFormed()).to.equal(true);
    }
    expect(parsed(text).event.summary).to.equal(title);
  });

  const attack = 'x\r\nATTENDEE:mailto:ond@example.se\nBEGIN:VALARM\u2028\u0007\u0000';
  for (const field of ['uid', 'title', 'description', 'location'] as const)
    it(`lets nobody write a line of their own through ${field} (R26, L4)`, () => {
      const { component, event } = parsed(invitation(entry({ [field]: attack })));
      expect(component.getAllProperties('attendee')).to.have.length(1);
      expect(component.getAllSubcomponents()).to.have.length(0);
      const shown = {
        title: event.summary,
        uid: event.uid,
        description: event.description,
        location: event.location,
      };
      expect(shown[field]).to.include('ATTENDEE:mailto:ond@example.se');
      expect(shown[field]).not.to.match(/[^\P{Cc}\n]|\u2028/u);
    });

  it('lets nobody write a line or a parameter through a name or an address (R26)', () => {
    const evil = { name: `"Åsa";X="\r\n${attack}`, address: `asa@example.se\r\n${attack}` };
    const { component } = parsed(invitation(entry({ attendee: evil, organiser: evil })));
    expect(component.getAllProperties('attendee')).to.have.length(1);
    expect(component.getFirstProperty('attendee')?.getParameter('x')).to.equal(undefined);
    expect(component.getFirstProperty('attendee')?.getParameter('cn')).not.to.match(/["^]|\p{Cc}/u);
  });

  it('escapes text once and gives it back as it was (R26)', () => {
    const title = 'a, b; c \\ d: "e"';
    expect(parsed(invitation(entry({ title }))).event.summary).to.equal(title);
    const { event } = parsed(invitation(entry({ description: 'rad 1\r\nrad 2, med komma\rrad 3' })));
    expect(event.description).to.match(/^rad 1\nrad 2, med komma\nrad 3\n\nhttps:/);
  });

  it('keeps a link whole, and in the description too, once (R27, L4)', () => {
    const url = 'https://example.se/evenemang/å,b;c?a=1&b=2';
    const { component, event } = parsed(invitation(entry({ url })));
    const link = 'https://example.se/evenemang/%C3%A5%2Cb%3Bc?a=1&b=2';
    expect(component.getFirstPropertyValue('url')).to.equal(link);
    expect(event.description.split(link)).to.have.length(2);
    const again = parsed(invitation(entry({ description: `Se ${entry().url} för program` })));
    expect(again.event.description).to.equal(`Se ${entry().url} för program`);
  });

  it('names the attendee as the envelope does, with an international domain in punycode (R66)', () => {
    const { component } = parsed(
      invitation(entry({ attendee: { name: 'Åsa', address: 'asa@räksmörgås.example' } })),
    );
    expect(component.getFirstPropertyValue('attendee')).to.match(/:asa@xn--rksmrgs-5wao1o\.example$/i);
  });

  it('holds no part of a character that was cut', () => {
    expect(invitation(entry({ title: 'Halv \ud83d' })).isWellFormed()).to.equal(true);
  });

  it('refuses an event that ends before it starts, where the library would swap them (L3)', () => {
    const { start, end } = entry();
    expect(() => invitation(entry({ start: end, end: start }))).to.throw(RangeError);
  });
});

const golden = [
  'BEGIN:VCALENDAR',
  'VERSION:2.0',
  'PRODID:-//Boostdagar//Boostdagar//SV',
  'METHOD:REQUEST',
  'BEGIN:VTIMEZONE',
  'TZID:Europe/Stockholm',
  'X-LIC-LOCATION:Europe/Stockholm',
  'BEGIN:DAYLIGHT',
  'TZOFFSETFROM:+0100',
  'TZOFFSETTO:+0200',
  'TZNAME:CEST',
  'DTSTART:19700329T020000',
  'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
  'END:DAYLIGHT',
  'BEGIN:STANDARD',
  'TZOFFSETFROM:+0200',
  'TZOFFSETTO:+0100',
  'TZNAME:CET',
  'DTSTART:19701025T030000',
  'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
  'END:STANDARD',
  'END:VTIMEZONE',
  'BEGIN:VEVENT',
  'UID:0b8e7c52-6f0c-4f0e-9a7e-3c1d2f5a9b10@boostdagar.example.se',
  'SEQUENCE:0',
  'DTSTAMP:20261121T090000Z',
  'DTSTART;TZID=Europe/Stockholm:20261201T090000',
  'DTEND;TZID=Europe/Stockholm:20261201T113000',
  'SUMMARY:Boostdag: trygga skolvägar – åäö ÅÄÖ',
  'TRANSP:OPAQUE',
  'LOCATION:Rådhuset\\, sal 3\\, Stora gatan 1\\, Linköping',
  'DESCRIPTION:Kontakt: Eva Ek\\, eva.ek@example.se\\n\\nhttps://boostdagar.exam',
  ' ple.se/evenemang/trygga-skolvagar',
  'ORGANIZER;CN="Länsstyrelsen Östergötland":mailto:boostdagar@example.se',
  'ATTENDEE;ROLE=REQ-PARTICIPANT;CUTYPE=INDIVIDUAL;PARTSTAT=ACCEPTED;RSVP=FAL',
  ' SE;CN="Åsa Öberg":MAILTO:asa.oberg@example.se',
  'URL;VALUE=URI:https://boostdagar.example.se/evenemang/trygga-skolvagar',
  'STATUS:CONFIRMED',
  'X-MICROSOFT-CDO-BUSYSTATUS:BUSY',
  'X-MICROSOFT-CDO-INTENDEDSTATUS:BUSY',
  'X-MICROSOFT-DISALLOW-COUNTER:TRUE',
  'LAST-MODIFIED:20261121T090000Z',
  'END:VEVENT',
  'END:VCALENDAR',
  '',
];
