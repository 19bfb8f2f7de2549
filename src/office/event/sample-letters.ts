import type { Request, Response } from 'express';
import { paths } from '../../base/paths.ts';
import { type Event, modeNames } from '../../events/event.ts';
import { offeredModes } from '../../events/rules.ts';
import {
  composeExample,
  type Example,
  type ExampleKind,
  exampleLetter,
} from '../../letters/previews/example.ts';
import type { Letter } from '../../outbox/letter.ts';
import { toBytes, type Written } from '../../outbox/message.ts';
import { readLetter } from '../../outbox/parse.ts';
import type { LetterFacts } from '../../registrations/owed-letter.ts';
import { capital } from '../../texts/grammar.ts';
import { languageFrom, languages, swedishNameOf } from '../../texts/texts.ts';
import { sendPage } from '../../web/pages.ts';
import { letterParts, sendLetterHtml } from '../letters/list.ts';
import { stateOf } from '../parts/event-state.ts';
import { ownBoard, ownEvent } from '../parts/guard.ts';
import { asked, askedOneOf, withQuery } from '../parts/query-string.ts';
import { asPublished } from './preview.ts';

/** What each letter is called here, and when it is owed. */
const letters: Record<ExampleKind, { name: string; when: string }> = {
  bekraftelse: { name: 'Bekräftelse', when: 'Går till den som har anmält sig.' },
  vantelista: { name: 'På väntelistan', when: 'Går till den som anmäler sig när platserna är slut.' },
  erbjudande: {
    name: 'Plats från väntelistan',
    when: 'Går till den som står på väntelistan och får en plats.',
  },
  ingenplats: {
    name: 'Ingen plats',
    when: 'Går till dem som står kvar på väntelistan när den stänger.',
  },
  lamnat: { name: 'Lämnat väntelistan', when: 'Går till den som lämnar väntelistan, eller som ni tar bort.' },
  utanplats: {
    name: 'Färre platser',
    when: 'Går till den som ni flyttar till väntelistan när platserna har blivit färre.',
  },
  andrat: {
    name: 'Ändrat',
    when: 'Går till de anmälda som det berör när dag, tid, plats eller möteslänk ändras.',
  },
  installt: { name: 'Inställt', when: 'Går till alla anmälda när evenemanget ställs in.' },
  avbokad: { name: 'Avbokad', when: 'Går till den som avbokar sig, eller som ni avbokar.' },
  nyadress: {
    name: 'Ny e-postadress',
    when: 'Går till den gamla adressen när ni ger en deltagare en annan. Den nya får bekräftelsen.',
  },
  paminnelse: { name: 'Påminnelse', when: 'Går en vecka och en dag före, till den som är anmäld.' },
  lank: {
    name: 'Möteslänk',
    when: 'Går dagen före till den som deltar digitalt och inte har fått länken i påminnelsen.',
  },
  tack: { name: 'Tack', when: 'Går dagen efter till den som är markerad som närvarande.' },
  saknad: {
    name: 'Vi saknade dig',
    when: 'Går dagen efter till den som är markerad som frånvarande, om ni har valt det.',
  },
  fraga: {
    name: 'Fråga efter ett nej',
    when: 'Går till den vars kalender svarar nej på inbjudan, där tjänsten tar emot sådana svar.',
  },
  lista: { name: 'Lista över kollegor', when: 'Går till den som har anmält flera på en gång.' },
  redan: { name: 'Redan anmäld', when: 'Går till den som anmäler sig en gång till.' },
  nylank: { name: 'Ny länk', when: 'Går till den som ber om sin länk igen.' },
};
const kinds = Object.keys(letters) as ExampleKind[];

/** Every letter that the event can send, as one who attends would get it. Nothing is stored, and nothing leaves. */
export async function showWhatTheyGet(req: Request, res: Response): Promise<void> {
  const { event, choice, letter, written } = await compiled(req, res);
  const part = askedOneOf(req, 'part', letterParts) ?? 'text';
  const answers = choice;
  sendPage(res, 'office/event/sample-letters', {
    title: `Så här blir det för dem: ${event.title}`,
    current: 'events',
    ...{ event, letter, written, facts: letter.facts as LetterFacts, answers },
    state: stateOf(event, res.locals.now),
    when: letters[choice.kind].when,
    invented: choice.kind === 'andrat' && !event.movedFrom,
    part: part === 'kalender' && !written.calendar ? 'text' : part,
    choices: choicesOf(event),
    partLink: (part: string) => withQuery(paths.whatTheyGet(event._id), { ...answers, part }),
    htmlLink: withQuery(paths.whatTheyGetHtml(event._id), answers),
    fileLink: withQuery(paths.whatTheyGetFile(event._id), answers),
  });
}

/** Its HTML by itself, for the frame of the page. */
export async function showWhatTheyGetHtml(req: Request, res: Response): Promise<void> {
  const { written } = await compiled(req, res);
  sendLetterHtml(res, written);
}

/** The same as a file for a mail program. */
export async function sendWhatTheyGetFile(req: Request, res: Response): Promise<void> {
  const { choice, raw } = await compiled(req, res);
  const name = [choice.kind, choice.mode, choice.language].join('-');
  res.attachment(`${name}.eml`).type('message/rfc822').send(raw);
}

function choicesOf(event: Event) {
  const ways = offeredModes(event);
  const named = (options: [value: string, label: string][]) =>
    options.map(([value, label]) => ({ value, label }));
  return [
    { name: 'kind', label: 'Brev', options: named(kinds.map((kind) => [kind, letters[kind].name])) },
    { name: 'mode', label: 'Deltar', options: named(ways.map((way) => [way, modeNames[way]])) },
    {
      name: 'language',
      label: 'Språk',
      options: named(languages.map((language) => [language, capital(swedishNameOf(language))])),
    },
  ];
}

type Compiled = { event: Event; choice: Example; letter: Letter; raw: Buffer; written: Written };

/** The letter that the address asks for, by the composer and the writer that make the real ones. */
async function compiled(req: Request, res: Response): Promise<Compiled> {
  const event = await ownEvent(req, res);
  const ways = offeredModes(event);
  const choice: Example = {
    kind: askedOneOf(req, 'kind', kinds) ?? 'bekraftelse',
    mode: askedOneOf(req, 'mode', ways) ?? ways[0] ?? 'plats',
    language: languageFrom(asked(req, 'language')) ?? 'sv',
  };
  const { context } = res.locals;
  const letter = exampleLetter(context, asPublished(event), ownBoard(res), choice);
  const raw = await toBytes(letter, await composeExample(letter, context.settings));
  return { event, choice, letter, raw, written: await readLetter(letter, raw) };
}
