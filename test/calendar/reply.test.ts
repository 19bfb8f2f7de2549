import { expect } from 'chai';
import { invitation } from '../../src/calendar/invitation.ts';
import { readReply } from '../../src/calendar/reply.ts';
import { entry } from '../support/mail/letters.ts';

/** Our own invitation as an attendee's calendar sends it back. */
const answered = (change: (text: string) => string = (text) => text) =>
  change(
    invitation(entry({ asksForAnswer: true }))
      .replace(/\r\n /g, '')
      .replace('METHOD:REQUEST', 'METHOD:REPLY'),
  );

describe('A calendar object that comes back', () => {
  it('is read for who answers what, to which revision and when (RFC 5546)', () => {
    expect(
      readReply(answered((text) => text.replace('PARTSTAT=ACCEPTED', 'PARTSTAT=DECLINED'))),
    ).to.deep.equal({
      method: 'REPLY',
      uid: entry().uid,
      sequence: 0,
      stamp: entry().stamp,
      answers: new Map([['asa.oberg@example.se', 'declined']]),
      proposal: { method: 'REPLY', start: entry().start, end: entry().end, delegates: [], comment: '' },
    });
  });

  it('tells what it proposes: a time, by UTC or a timezone that is known, to whom the place goes, and a comment', () => {
    const proposed = (change: (text: string) => string) => readReply(answered(change)).proposal;
    const starting = (line: string) =>
      proposed((text) => text.replace(/DTSTART;.*/, line)).start?.toISOString();
    const nine = '2026-12-03T08:00:00.000Z';
    for (const line of [
      'DTSTART:20261203T080000Z',
      'DTSTART;TZID=Europe/Stockholm:20261203T090000',
      'DTSTART;TZID=W. Europe Standard Time:20261203T090000',
      'DTSTART:20261203T090000',
      'DTSTART;TZID=America/New_York:20261203T030000',
    ])
      expect(starting(line), line).to.equal(nine);
    for (const line of ['DTSTART;TZID=Månen:20261203T090000', 'DTSTART;VALUE=DATE:20261203', 'X-INGET:1'])
      expect(starting(line), line).to.equal(undefined);
    const said = proposed((text) =>
      text
        .replace('METHOD:REPLY', 'METHOD:COUNTER')
        .replace(
          /ATTENDEE.*/,
          'ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO="mailto:bo.ek@example.se","MAILTO:Eva@Example.se":mailto:asa@example.se\r\nCOMMENT;LANGUAGE=sv-SE:Kan tyvärr inte\\, hälsar Åsa\\n',
        ),
    );
    expect(said).to.deep.include({
      method: 'COUNTER',
      delegates: ['bo.ek@example.se', 'eva@example.se'],
      comment: 'Kan tyvärr inte, hälsar Åsa',
    });
  });

  it('may lack what Exchange leaves out, and have what others put in (R48)', () => {
    const bare = answered((text) =>
      text.replace(/^(ORGANIZER|SUMMARY|DTSTART|DTEND|LOCATION|SEQUENCE|STATUS).*\r\n/gm, ''),
    );
    expect(readReply(bare)).to.include({ uid: entry().uid, sequence: 0 });
    expect(readReply(`\uFEFF${answered()}\r\n\r\n`.replaceAll('\r\n', '\n'))).to.include({ method: 'REPLY' });
    expect(readReply(answered((text) => text.replace('METHOD:REPLY', 'method:reply')))).to.include({
      method: 'REPLY',
    });
  });

  it('names its attendee by an address in any case and script, or beside an id', () => {
    const attendee = (line: string) => [
      ...readReply(answered((text) => text.replace(/ATTENDEE.*/, line))).answers.entries(),
    ];
    expect(attendee('ATTENDEE;PARTSTAT=declined:MAILTO:Asa@EXAMPLE.se')).to.deep.equal([
      ['asa@example.se', 'declined'],
    ]);
    expect(attendee('ATTENDEE;PARTSTAT=TENTATIVE:mailto:asa@åre.example.se')).to.deep.equal([
      ['asa@xn--re-xia.example.se', 'tentative'],
    ]);
    expect(attendee('ATTENDEE;EMAIL=asa@example.se;PARTSTAT=ACCEPTED:urn:uuid:1')).to.deep.equal([
      ['asa@example.se', 'accepted'],
    ]);
    expect(attendee('ATTENDEE:mailto:asa@example.se')).to.deep.equal([['asa@example.se', 'other']]);
    expect(attendee('ATTENDEE;PARTSTAT=DECLINED:/o=Org/cn=asa')).to.deep.equal([]);
    expect(attendee('COMMENT:Ingen')).to.deep.equal([]);
  });

  it('is refused where it is not one event at one revision (R46)', () => {
    const wrong: Record<string, (text: string) => string> = {
      'no event': (text) => text.replace(/BEGIN:VEVENT[\s\S]*END:VEVENT\r\n/, ''),
      'a to-do': (text) => text.replaceAll('VEVENT', 'VTODO'),
      'no UID': (text) => text.replace(/UID.*\r\n/, ''),
      'an empty UID': (text) => text.replace(/UID.*\r\n/, 'UID:\r\n'),
      'a stamp that is none': (text) => text.replace(/DTSTAMP.*\r\n/, 'DTSTAMP:snart\r\n'),
      'a card': (text) => text.replaceAll('VCALENDAR', 'VCARD'),
      'two calendars': (text) => text + text,
      nothing: () => '',
    };
    for (const [what, change] of Object.entries(wrong))
      expect(() => readReply(answered(change)), what).to.throw();
    expect(() => readReply(`${answered()}${' '.repeat(100_000)}`)).to.throw('too large');
  });
});
