import type { Request, RequestHandler, Response } from 'express';
import { paths } from '../../base/paths.ts';
import { type Event, modeNames } from '../../events/event.ts';
import { offeredModes } from '../../events/rules.ts';
import { kindOf, kinds } from '../../letters/kinds/all.ts';
import { composeExample, type Example, exampleLetter } from '../../letters/previews/example.ts';
import type { Kind } from '../../letters/writing/kind.ts';
import type { Letter } from '../../outbox/letter.ts';
import { toBytes, type Written } from '../../outbox/message.ts';
import { readLetter } from '../../outbox/parse.ts';
import type { LetterFacts } from '../../registrations/letter-facts.ts';
import { sendPage } from '../../web/pages.ts';
import { letterParts, sendLetterHtml } from '../letters/list.ts';
import { stateOf } from '../parts/event-state.ts';
import { ownBoard, ownEvent } from '../parts/guard.ts';
import { askedOneOf, withQuery } from '../parts/query-string.ts';
import { asPublished } from './preview.ts';

/** The letters that the office has a name for, which are all but those by hand. */
const named = Object.entries<Kind>(kinds).flatMap(([kind, { office }]) =>
  office ? [{ kind, ...office }] : [],
);
const languages = ['sv', 'en'] as const;

/** Every letter that the event can send, as one who attends would get it. Nothing is stored, and nothing leaves. */
export const showWhatTheyGet: RequestHandler = async (req, res) => {
  const { event, choice, letter, written } = await compiled(req, res);
  const part = askedOneOf(req, 'del', letterParts) ?? 'text';
  const answers = { brev: choice.kind, satt: choice.mode, sprak: choice.language };
  sendPage(res, 'office/event/sample-letters', {
    title: `Så här blir det för dem: ${event.title}`,
    current: 'events',
    ...{ event, letter, written, facts: letter.facts, answers },
    state: stateOf(event, res.locals.now),
    when: kindOf(choice).office?.when,
    invented: letter.facts.before !== undefined && !event.movedFrom,
    part: part === 'kalender' && !written.calendar ? 'text' : part,
    choices: choicesOf(event),
    partLink: (del: string) => withQuery(paths.whatTheyGet(event._id), { ...answers, del }),
    htmlLink: withQuery(paths.whatTheyGetHtml(event._id), answers),
    fileLink: withQuery(paths.whatTheyGetFile(event._id), answers),
  });
};

/** Only the letter's HTML, for the frame of the page. */
export const showWhatTheyGetHtml: RequestHandler = async (req, res) => {
  const { written } = await compiled(req, res);
  sendLetterHtml(res, written);
};

/** The same as a file for a mail program. */
export const sendWhatTheyGetFile: RequestHandler = async (req, res) => {
  const { choice, raw } = await compiled(req, res);
  const name = [choice.kind, choice.mode, choice.language].join('-');
  res.attachment(`${name}.eml`).type('message/rfc822').send(raw);
};

function choicesOf(event: Event) {
  const ways = offeredModes(event);
  return [
    { name: 'brev', label: 'Brev', options: named.map(({ kind, name }) => ({ value: kind, label: name })) },
    { name: 'satt', label: 'Deltar', options: ways.map((way) => ({ value: way, label: modeNames[way] })) },
    {
      name: 'sprak',
      label: 'Språk',
      options: [
        { value: 'sv', label: 'Svenska' },
        { value: 'en', label: 'Engelska' },
      ],
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
        'brev',
        named.map(({ kind }) => kind),
      ) ?? 'bekraftelse',
    mode: askedOneOf(req, 'satt', ways) ?? ways[0] ?? 'plats',
    language: askedOneOf(req, 'sprak', languages) ?? 'sv',
  };
  const { context } = res.locals;
  const letter = exampleLetter(context, asPublished(event), ownBoard(res), choice);
  const raw = await toBytes(letter, await composeExample(letter, context.settings));
  return { event, choice, letter, raw, written: await readLetter(letter, raw) };
}
