import { expect } from 'chai';
import ICAL from 'ical.js';
import { simpleParser } from 'mailparser';
import nodeIcal from 'node-ical';
import PostalMime from 'postal-mime';
import type { Authority } from '../../src/authorities/authority.ts';
import type { Event } from '../../src/events/event.ts';
import { kinds } from '../../src/letters/kinds/all.ts';
import { composeExample, type Example, exampleLetter } from '../../src/letters/previews/example.ts';
import type { Letter } from '../../src/outbox/letter.ts';
import { toBytes } from '../../src/outbox/message.ts';
import type { LetterFacts } from '../../src/registrations/letter-facts.ts';
import { languages } from '../../src/texts/texts.ts';
import { anAuthority, anEvent, monday } from '../support/builders.ts';
import { breaches } from '../support/calendar/calendar-rules.ts';
import { visitorAt } from '../support/contexts.ts';
import { useDatabase } from '../support/database.ts';
import { wordsOf } from '../support/requests/words.ts';

/** Those with words and facts of their own have their own tests: letters by hand, and to organisers. */
const example = Object.keys(kinds).filter((kind) => kind !== 'mailing' && kind !== 'unusual-speed');

/** Titles and places that break sentences which are put together carelessly. */
const events: Record<string, Partial<Event>> = {
  ordinary: {},
  asking: {
    title: 'Vill du vara med och skapa goda uppväxtvillkor?',
    venue: 'Sal ”Roxen”',
    cost: 'Kostnadsfritt.',
  },
  odd: { title: 'Barn & unga: ”trygg” skola; <b>hemma</b>!', venue: 'Sal 1; "B", \\ höger', meetingLink: '' },
};

/** What no text may have. */
const faults: [string, RegExp][] = [
  ['a doubled mark', /[.,;:?!]”?[.,;?!](?!\d)|””|,,| {2}| [.,;:?!](?:\s|$)/],
  ['a hole', /undefined|\bnull\b|NaN|\[object|\{\w+\}|mejl\.\w/],
  ['stiff words', /\b(?:ni|skall|vänligen|online|mail)\b/],
];

/** A promise, and the kinds that must not make it. */
const untrue: [RegExp, kinds: string[]][] = [
  [
    /Ändra eller avboka|Change or cancel/,
    ['cancelled', 'cancelled-event', 'left-waiting-list', 'no-seat', 'thanks', 'missed-you'],
  ],
  [
    /Varmt välkommen!|Welcome!/,
    ['cancelled', 'cancelled-event', 'left-waiting-list', 'no-seat', 'new-address'],
  ],
  [
    /Du är anmäld|You are registered/,
    ['waiting-list', 'no-seat', 'cancelled', 'left-waiting-list', 'moved-to-waiting-list'],
  ],
  [
    /Inbjudan till kalendern|calendar invitation/i,
    ['waiting-list', 'no-seat', 'thanks', 'missed-you', 'colleagues-list'],
  ],
];

describe('Two hundred letters, of all kinds, in both languages', function () {
  this.timeout(120_000);
  useDatabase();
  const context = visitorAt(monday);
  let board: Authority;
  beforeEach(async () => {
    board = await anAuthority();
  });

  /** Every letter, with its name for a message. */
  async function* letters(): AsyncGenerator<{
    name: string;
    kind: string;
    letter: Letter<LetterFacts>;
    raw: Buffer;
  }> {
    for (const [which, facts] of Object.entries(events)) {
      const event = await anEvent({ slug: which, ...facts });
      for (const kind of example)
        for (const mode of ['plats', 'digitalt'] as const)
          for (const language of languages) {
            const about: Example = { kind, mode, language };
            const letter = exampleLetter(context, event, board, about);
            const raw = await toBytes(letter, await composeExample(letter, context.settings));
            yield { name: `${which} ${kind} ${mode} ${language}`, kind, letter, raw };
          }
    }
  }

  it('are read alike by two mail programs and two calendars, and say nothing doubled, unfilled or untrue', async () => {
    const wrong: string[] = [];
    let count = 0;
    for await (const { name, kind, letter, raw } of letters()) {
      count += 1;
      const [one, other] = [
        await simpleParser(raw),
        await PostalMime.parse(raw, { attachmentEncoding: 'utf8' }),
      ];
      const text = (one.text ?? '').trim();
      const note = (what: string) => wrong.push(`${name}: ${what}`);
      if (one.subject !== other.subject) note('two subjects');
      if (oneLine(text) !== oneLine(other.text ?? '')) note('two texts');
      if (!wordsOf(String(one.html)).includes(letter.facts.title)) note('no title in HTML');
      const said = `${one.subject}\n${text}`
        .replace(/https?:\S+|\S+@\S+/g, 'X')
        .replaceAll(letter.facts.title, 'T');
      // The last rule is about Swedish.
      for (const [fault, pattern] of faults.slice(0, letter.language === 'sv' ? 3 : 2)) {
        const [found] = pattern.exec(said) ?? [];
        if (found) note(`${fault}: ${JSON.stringify(around(said, found))}`);
      }
      for (const [promise, never] of untrue)
        if (never.includes(kind) && promise.test(said)) note(`promises ${promise.exec(said)?.[0]}`);
      const objects = other.attachments.filter(({ mimeType }) => mimeType === 'text/calendar');
      for (const { content } of objects)
        wrong.push(...calendarFaults(String(content), letter).map((fault) => `${name}: ${fault}`));
      if (Boolean(letter.calendar) !== objects.length > 0) note('a calendar object too many or too few');
    }
    expect(wrong).to.deep.equal([]);
    expect(count).to.be.at.least(200);
  });

  it('would be found out: the rules see what is doubled, unfilled and stiff', () => {
    const planted = [
      'Är du med??',
      'Du är anmäld till ”Är du med?”.',
      'Hej undefined!',
      'Var:  sal',
      'Hej {fornamn}!',
      'Ni kan vänligen',
    ];
    const found = planted.filter((text) => faults.some(([, pattern]) => pattern.test(text)));
    expect(found).to.deep.equal(planted);
  });
});

/** What two calendars that others have written read differently, and what breaks a rule. */
function calendarFaults(object: string, { facts, calendar }: Letter<LetterFacts>): string[] {
  const vcalendar = new ICAL.Component(ICAL.parse(object));
  const zone = vcalendar.getFirstSubcomponent('vtimezone');
  if (zone) ICAL.TimezoneService.register(zone);
  const one = new ICAL.Event(vcalendar.getFirstSubcomponent('vevent') ?? undefined);
  const other = Object.values(nodeIcal.sync.parseICS(object)).find((entry) => entry?.type === 'VEVENT');
  if (other?.type !== 'VEVENT') return ['one calendar sees no event'];
  const seen: [string, unknown, unknown][] = [
    ['UID', one.uid, other.uid],
    ['start', one.startDate.toJSDate().getTime(), other.start.getTime()],
    ['right start', one.startDate.toJSDate().getTime(), facts.start.getTime()],
    ['end', one.endDate.toJSDate().getTime(), other.end?.getTime()],
    ['summary', one.summary, String(other.summary)],
    ['place', one.location ?? '', String(other.location ?? '')],
    ['method', vcalendar.getFirstPropertyValue('method'), calendar],
  ];
  const different = seen.filter(([, a, b]) => a !== b).map(([what, a, b]) => `${what}: ${a} and ${b}`);
  return [...different, ...breaches(object)];
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function around(text: string, found: string): string {
  const at = text.indexOf(found);
  return text.slice(Math.max(0, at - 40), at + 20);
}
