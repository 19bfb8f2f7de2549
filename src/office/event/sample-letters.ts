import type { Request, Response } from 'express';
import { paths } from '../../base/paths.ts';
import { type Event, modeNames } from '../../events/event.ts';
import { offeredModes } from '../../events/rules.ts';
import { kindOf, kinds } from '../../letters/kinds/all.ts';
import { composeExample, type Example, exampleLetter } from '../../letters/previews/example.ts';
import type { LetterKind } from '../../letters/writing/kind.ts';
import type { Letter } from '../../outbox/letter.ts';
import { toBytes, type Written } from '../../outbox/message.ts';
import { readLetter } from '../../outbox/parse.ts';
import type { LetterFacts } from '../../registrations/letter-facts.ts';
import { capital } from '../../texts/grammar.ts';
import { languageFrom, languages, swedishNameOf } from '../../texts/texts.ts';
import { sendPage } from '../../web/pages.ts';
import { letterParts, sendLetterHtml } from '../letters/list.ts';
import { stateOf } from '../parts/event-state.ts';
import { ownBoard, ownEvent } from '../parts/guard.ts';
import { asked, askedOneOf, withQuery } from '../parts/query-string.ts';
import { asPublished } from './preview.ts';

/** The letters that the office has a name for, which are all but those by hand. */
const named = Object.entries<LetterKind>(kinds).flatMap(([kind, { office }]) =>
  office ? [{ kind, ...office }] : [],
);

/** Every letter that the event can send, as one who attends would get it. Nothing is stored, and nothing leaves. */
export async function showWhatTheyGet(req: Request, res: Response): Promise<void> {
  const { event, choice, letter, written } = await compiled(req, res);
  const part = askedOneOf(req, 'part', letterParts) ?? 'text';
  const answers = choice;
  sendPage(res, 'office/event/sample-letters', {
    title: `Så här blir det för dem: ${event.title}`,
    current: 'events',
    ...{ event, letter, written, facts: letter.facts, answers },
    state: stateOf(event, res.locals.now),
    when: kindOf(choice).office?.when,
    invented: letter.facts.before !== undefined && !event.movedFrom,
    part: part === 'kalender' && !written.calendar ? 'text' : part,
    choices: choicesOf(event),
    partLink: (part: string) => withQuery(paths.whatTheyGet(event._id), { ...answers, part }),
    htmlLink: withQuery(paths.whatTheyGetHtml(event._id), answers),
    fileLink: withQuery(paths.whatTheyGetFile(event._id), answers),
  });
}

/** Only the letter's HTML, for the frame of the page. */
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
  return [
    { name: 'kind', label: 'Mejl', options: named.map(({ kind, name }) => ({ value: kind, label: name })) },
    { name: 'mode', label: 'Deltar', options: ways.map((way) => ({ value: way, label: modeNames[way] })) },
    {
      name: 'language',
      label: 'Språk',
      options: languages.map((language) => ({ value: language, label: capital(swedishNameOf(language)) })),
    },
  ];
}

type Compiled = { event: Event; choice: Example; letter: Letter<LetterFacts>; raw: Buffer; written: Written };

/** The letter that the address asks for, by the composer and the writer that make the real ones. */
async function compiled(req: Request, res: Response): Promise<Compiled> {
  const event = await ownEvent(req, res);
  const ways = offeredModes(event);
  const choice: Example = {
    kind:
      askedOneOf(
        req,
        'kind',
        named.map(({ kind }) => kind),
      ) ?? 'confirmation',
    mode: askedOneOf(req, 'mode', ways) ?? ways[0] ?? 'plats',
    language: languageFrom(asked(req, 'language')) ?? 'sv',
  };
  const { context } = res.locals;
  const letter = exampleLetter(context, asPublished(event), ownBoard(res), choice);
  const raw = await toBytes(letter, await composeExample(letter, context.settings));
  return { event, choice, letter, raw, written: await readLetter(letter, raw) };
}
