import { expect } from 'chai';
import ICAL from 'ical.js';
import { Types } from 'mongoose';
import type { Authority } from '../../src/authorities/authority.ts';
import type { Event } from '../../src/events/event.ts';
import { compose, subjectLine } from '../../src/letters/compose.ts';
import type { Letter } from '../../src/outbox/letter.ts';
import { toBytes } from '../../src/outbox/message.ts';
import { readLetter } from '../../src/outbox/parse.ts';
import type { LetterFacts, More } from '../../src/registrations/letter-facts.ts';
import { type ActKind, letterRow } from '../../src/registrations/owed-letter.ts';
import { tokenOf } from '../../src/registrations/personal/links.ts';
import type { Registration } from '../../src/registrations/registration.ts';
import type { Language } from '../../src/texts/texts.ts';
import { anAuthority, anEvent, aRegistration, monday, ordinaryEvent } from '../support/builders.ts';
import { visitorAt } from '../support/contexts.ts';
import { useDatabase } from '../support/database.ts';

describe('letters to one who is registered', () => {
  let authority: Authority;
  let event: Event;

  useDatabase();
  beforeEach(async () => {
    authority = await anAuthority();
    event = await anEvent();
  });

  const context = visitorAt(monday);
  const { settings } = context;

  /** A letter as the worker finds it. */
  async function owed(
    kind: ActKind,
    facts: Partial<Registration> = {},
    more: More = {},
    changes: Partial<Event> = {},
  ): Promise<Letter<LetterFacts>> {
    const registration = await aRegistration(event, {
      email: `${new Types.ObjectId()}@example.se`,
      ...facts,
    });
    const subject = { receiver: registration, event: { ...event, ...changes }, authority };
    const row = letterRow(context, subject, kind, more);
    const { calendar, ...owing } = row;
    return {
      ...owing,
      ...(calendar && { calendar }),
      _id: new Types.ObjectId(),
      attempts: 0,
      mayHaveLeft: false,
    };
  }

  async function read(letter: Letter<LetterFacts>) {
    return readLetter(letter, await toBytes(letter, await compose(letter, settings)));
  }

  const linkIn = (letter: Letter<LetterFacts>) =>
    `https://boostdagar.example.se/anmalan/${tokenOf({ _id: letter.registration as Types.ObjectId, email: letter.to.address }, settings.secret)}`;

  describe('who waits for a seat', () => {
    const waits = { status: 'waiting', waitingSince: monday } as const;
    const both = { ...waits, waitsFor: ['plats', 'digitalt'] } as const satisfies Partial<Registration>;
    const online = { ...waits, mode: 'digitalt', waitsFor: ['digitalt'] } as const;
    const queue = [{ mode: 'plats' as const, number: 2 }];

    it('tell the number, both ways, and until when the list is open', async () => {
      const { text } = await read(
        await owed('waiting-list', { ...both, waitsFor: [...both.waitsFor] }, { queue }),
      );
      expect(text)
        .to.include('Du är nummer 2 på väntelistan för att delta på plats.')
        .and.include('Var: Residenset, Borggården 1, Linköping, eller digitalt')
        .and.include('Väntelistan stänger den 10 februari 2027 klockan 9.00.');
    });

    it('promise no meeting link to who has no seat', async () => {
      const { text } = await read(await owed('waiting-list', { ...online, waitsFor: ['digitalt'] }));
      expect(text).to.include('Var: Digitalt\n').and.not.include('länken i ett mejl');
      expect(text).not.to.include('moten.example.se');
    });

    it('say when the list closes after a move', async () => {
      const before = { start: monday, end: monday, place: '' };
      const { text } = await read(await owed('changed', { ...online, waitsFor: ['digitalt'] }, { before }));
      expect(text)
        .to.include('Du står fortfarande på väntelistan.')
        .and.include('Väntelistan stänger den 10 februari 2027');
    });
  });

  it('confirm in Swedish', async () => {
    const letter = await owed('confirmation');
    const { subject, text } = await read(letter);
    expect(subject).to.equal('Bekräftelse: ”Skolan som skydd: så når fler barn målen”, 11 februari 2027');
    expect(text.trim()).to.equal(`Länsstyrelsen Östergötland

Hej Åsa!

Du är anmäld till ”Skolan som skydd: så når fler barn målen”.

Inbjudan till kalendern följer med. I Outlook kan den stå som preliminär tills du svarar.

När: torsdag 11 februari 2027, klockan 9.00–12.00
Var: Residenset, Borggården 1, Linköping
Kostnad: Det kostar inget att delta
Frågor: Maja Lindgren, maja.lindgren@example.se, 010-000 00 00

Ändra eller avboka: ${linkIn(letter)}

Länken är personlig. Skicka den inte vidare.

Varmt välkommen!
Enheten för social hållbarhet, Länsstyrelsen Östergötland

Så behandlar vi dina personuppgifter: https://boostdagar.example.se/personuppgifter`);
  });

  it('confirm in English', async () => {
    const letter = await owed(
      'confirmation',
      { language: 'en', mode: 'digitalt' },
      {},
      { meetingLink: '', cost: '0 kr' },
    );
    const { subject, text } = await read(letter);
    expect(subject).to.match(/^Confirmation: .*, 11 February 2027$/);
    expect(text).to.include('Hello Åsa,');
    expect(text).to.include('When: Thursday 11 February 2027, 9:00–12:00 (Swedish time)');
    expect(text).to.include('Where: Online. We will email you the link before the event.');
    expect(text).to.include('Cost: Free of charge');
    expect(text).to.include(linkIn(letter).replace('.se/', '.se/en/'));
  });

  it('give those who attend online their digital door in place of the meeting link, and nobody else', async () => {
    const letter = await owed('confirmation', { mode: 'digitalt' });
    const online = await read(letter);
    const holder = { _id: letter.facts.registration, email: letter.to.address };
    const door = `/delta/${tokenOf(holder, settings.secret, 'digital door')}`;
    expect(online.text)
      .to.match(/Var: Digitalt, https:.*/)
      .and.include(door);
    expect(online.calendar?.text.replace(/\r\n /g, '')).to.include(door);
    expect(online.text + online.html + online.calendar?.text).not.to.include('moten.example.se');
    const onSite = await read(await owed('confirmation'));
    expect(onSite.text + onSite.html + onSite.calendar?.text).not.to.match(/moten\.example\.se|\/delta\//);
    const { door: _door, ...before } = letter.facts;
    const old = await read({ ...letter, facts: before });
    expect(old.text, 'owed before there were doors').to.include(
      'Var: Digitalt, https://moten.example.se/skolan',
    );
  });

  const before = {
    start: new Date('2027-02-10T08:00:00Z'),
    end: new Date('2027-02-10T10:30:00Z'),
    place: 'Rådhuset, Norrköping',
  };
  const reason = 'Föreläsaren har fått förhinder.';
  const ordinaryTitle = ordinaryEvent().title;
  const said: [ActKind, Language, object, string[]][] = [
    [
      'already-registered',
      'sv',
      {},
      [
        'Du, eller någon annan, fyllde nyss i din e-postadress i anmälan till',
        'Se, ändra eller avboka din anmälan: https',
      ],
    ],
    ['already-registered', 'en', {}, ['You are already registered and we have changed nothing.']],
    ['new-link', 'sv', {}, ['Här är länken till din anmälan till ”Skolan som skydd']],
    ['new-link', 'en', {}, ['Here is the link to your registration for “Skolan som skydd']],
    [
      'changed',
      'sv',
      { before },
      [
        'Ny tid: torsdag 11 februari 2027, klockan 9.00–12.00. Den gamla tiden var onsdag 10 februari 2027, klockan 9.00–11.30.',
        'Ny plats: Residenset, Borggården 1, Linköping. Den gamla var Rådhuset, Norrköping.',
        'Du är fortfarande anmäld. En ny inbjudan till kalendern följer med.',
      ],
    ],
    [
      'changed',
      'en',
      { before },
      [
        'New time: Thursday 11 February 2027, 9:00–12:00. The old time was Wednesday 10 February 2027, 9:00–11:30.',
        'New place: Residenset, Borggården 1, Linköping. The old one was Rådhuset, Norrköping.',
      ],
    ],
    ['cancelled', 'sv', { calendar: 'CANCEL' }, [`Din anmälan till ”${ordinaryTitle}” är avbokad.`]],
    ['cancelled', 'en', { calendar: 'CANCEL' }, [`Your registration for “${ordinaryTitle}” is cancelled.`]],
    [
      'cancelled-event',
      'sv',
      { reason, calendar: 'CANCEL' },
      [`målen” den 11 februari 2027. ${reason}`, 'Du behöver inte avboka dig.'],
    ],
    [
      'cancelled-event',
      'en',
      { reason, calendar: 'CANCEL' },
      [`” on 11 February 2027 is cancelled. ${reason}`],
    ],
  ];
  for (const [kind, language, more, sentences] of said) {
    it(`say what ${kind} is about in ${language}, in text and HTML alike`, async () => {
      const letter = await owed(kind, { language, sequence: 1 }, more);
      const written = await read(letter);
      for (const sentence of sentences) expect(written.text).to.include(sentence);
      expect(wordsOf(withLinks(written.html))).to.equal(wordsOf(written.text));
      expect(written.subject.length).to.be.below(78);
      expect(subjectLine(letter)).to.equal(written.subject);
      expect(written.subject + written.text + wordsOf(written.html)).not.to.match(
        /undefined|\[object|mejl\.|\{\w+\}/,
      );
      expect(written.text.includes('/anmalan/')).to.equal(kind !== 'cancelled-event');
    });
  }

  it('say in the subject what changed for the receiver (R33)', async () => {
    const { start, end } = event;
    const here = 'Residenset, Borggården 1, Linköping';
    const earlier = new Date(+start - 3600_000);
    const subject = async (before: More['before'], facts: Partial<Registration> = {}) =>
      subjectLine(await owed('changed', { sequence: 1, ...facts }, { ...(before && { before }) })).split(
        ': ',
      )[0];
    const digital = { mode: 'digitalt' as const };
    expect(await subject({ start: earlier, end, place: here })).to.equal('Ny tid');
    expect(await subject({ start, end, place: 'Rådhuset' })).to.equal('Ny plats');
    expect(await subject({ start: earlier, end, place: 'Rådhuset' })).to.equal('Ny tid och plats');
    expect(await subject({ start, end, place: '' }, digital)).to.equal('Möteslänk');
    expect(await subject({ start: earlier, end, place: '' }, digital)).to.equal('Ny tid');
    expect(await subject({ start, end, place: here }, digital)).to.equal('Du deltar digitalt');
    expect(await subject({ start, end, place: event.meetingLink })).to.equal('Du deltar på plats');
    expect(await subject({ start: earlier, end, place: here }, { language: 'en' })).to.equal('New time');
  });

  describe('that cancel', () => {
    const cancellations = [
      'cancelled',
      'left-waiting-list',
      'cancelled-event',
      'no-seat',
      'new-address',
    ] as const;
    for (const kind of cancellations)
      it(`say which day, time and place it was, and where the other days are: ${kind} (R8)`, async () => {
        const { text } = await read(await owed(kind, {}, { reason }));
        expect(text)
          .to.include('När: torsdag 11 februari 2027, klockan 9.00–12.00\n')
          .and.include('Var: Residenset, Borggården 1, Linköping\n')
          .and.include('Andra evenemang: https://boostdagar.example.se/\n');
        expect(text).not.to.include('moten.example.se');
      });

    it('show the way back, and until when it is open', async () => {
      for (const kind of ['cancelled', 'left-waiting-list'] as const) {
        const open = await owed(kind);
        expect((await read(open)).text)
          .to.include('kan du anmäla dig igen, senast den 31 januari 2027 klockan 23.59.')
          .and.include(`Anmäl dig igen: ${linkIn(open)}`);
        const closed = await owed(kind, {}, {}, { closesAt: new Date(+monday - 1) });
        expect((await read(closed)).text).not.to.include('igen');
      }
    });
  });

  const links: [string, string, string, string][] = [
    [
      'a first meeting link',
      '',
      'https://moten.example.se/skolan',
      'Nu finns länken till mötet. Den står nedan.',
    ],
    [
      'another one',
      'https://gammal.example.se',
      'https://moten.example.se/skolan',
      'Mötet har fått en ny länk.',
    ],
    [
      'none any more',
      'https://gammal.example.se',
      '',
      'Länken till mötet som du har fått gäller inte längre.',
    ],
  ];
  for (const [what, earlier, meetingLink, sentence] of links)
    it(`tell who attends online of ${what}, and call it no place`, async () => {
      const place = { start: event.start, end: event.end, place: earlier };
      const { text } = await read(
        await owed('changed', { mode: 'digitalt', sequence: 1 }, { before: place }, { meetingLink }),
      );
      expect(text)
        .to.include(sentence)
        .and.not.match(/Ny plats|\.\./);
      expect(text).not.to.include('gammal.example.se');
    });

  it('name the way where somebody goes from a place to the screen', async () => {
    const earlier = { start: event.start, end: event.end, place: 'Rådhuset, Norrköping' };
    const { text } = await read(
      await owed('changed', { mode: 'digitalt', sequence: 1 }, { before: earlier }, { meetingLink: '' }),
    );
    expect(text).to.include('Ny plats: Digitalt. Den gamla var Rådhuset, Norrköping.');
  });

  it('never say the same thing twice in the place of what did not change', async () => {
    const moved = { start: event.start, end: event.end, place: 'Rådhuset, Norrköping' };
    const { text } = await read(await owed('changed', { sequence: 1 }, { before: moved }));
    expect(text).to.include('Ny plats').and.not.include('Ny tid');
  });

  it('carry a calendar object only where there is something to enter or take out', async () => {
    const methods = new Map<ActKind, string | undefined>([
      ['confirmation', 'REQUEST'],
      ['changed', 'REQUEST'],
      ['already-registered', undefined],
      ['new-link', undefined],
      ['cancelled', undefined],
      ['cancelled-event', undefined],
    ]);
    for (const [kind, method] of methods) {
      const written = await read(await owed(kind));
      expect(written.calendar?.method, kind).to.equal(method);
    }
  });

  it('hold the registration in the calendar object, and no personal link (R9, R32)', async () => {
    const letter = await owed('changed', { sequence: 3 }, { before });
    const { calendar } = await read(letter);
    const object = new ICAL.Component(ICAL.parse(calendar?.text ?? ''));
    const entry = new ICAL.Event(object.getFirstSubcomponent('vevent') ?? undefined);
    expect(object.getFirstPropertyValue('method')).to.equal('REQUEST');
    expect(entry).to.include({ sequence: 3, uid: letter.facts.uid, summary: event.title });
    expect(entry.startDate.toJSDate().toISOString()).to.equal('2027-02-11T08:00:00.000Z');
    expect(calendar?.text.replace(/\r\n /g, '')).not.to.match(/anmalan\//);
  });

  it('set no full stop or second mark after a title that ends its sentence itself', async () => {
    const title = 'Vill du vara med?';
    for (const [kind, sentence] of [
      ['confirmation', 'Du är anmäld till ”Vill du vara med?”\n'],
      ['are-you-coming', 'inbjudan till ”Vill du vara med?” Vi har inte'],
    ] as const) {
      const { subject, text } = await read(await owed(kind, {}, {}, { title }));
      expect(text).to.include(sentence);
      expect(subject + text).not.to.match(/[?!]”?[.?!]/);
    }
  });

  it('keep their subject under 78 characters by cutting the title at a word', async () => {
    const title = 'En mycket lång rubrik om barns och ungas uppväxtvillkor i Östergötlands alla kommuner';
    const letter = await owed('confirmation', {}, {}, { title });
    expect((await read(letter)).subject).to.match(/^Bekräftelse: ”En mycket lång .*…”, 11 februari 2027$/);
    expect((await read(letter)).subject.length).to.be.below(78);
  });
});

/** The HTML with each link's address after its words, as the text has it; an address that is a link stands there once. */
function withLinks(html: string): string {
  return html.replace(/<a href="([^"]*)">([^<]*)<\/a>/g, (_, url: string, words: string) =>
    url === words || /^(mailto|tel):/.test(url) ? words : `${words}: ${url}`,
  );
}

/** What is there to read, without tags, spaces and entities. */
function wordsOf(text: string): string {
  return text
    .replace(/^[\s\S]*<body>/, '')
    .replace(/<[^>]+>/g, '')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, '');
}
