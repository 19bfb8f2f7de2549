import { Types } from 'mongoose';
import type { Authority } from '../../authorities/authority.ts';
import type { Context } from '../../base/context.ts';
import type { Settings } from '../../base/settings.ts';
import type { Event, Mode } from '../../events/event.ts';
import type { Letter } from '../../outbox/letter.ts';
import type { Message } from '../../outbox/message.ts';
import type { LetterFacts, Receiver } from '../../registrations/letter-facts.ts';
import { letterRow } from '../../registrations/owed-letter.ts';
import type { Language } from '../../texts/texts.ts';
import { compose } from '../compose.ts';
import { kindOf } from '../kinds/all.ts';
import { unsent } from './unsent.ts';

/** Which kind of letter, to somebody who attends in which mode and reads which language. */
export type Example = { kind: string; mode: Mode; language: Language };

/** A letter as an invented person would be owed it. Nothing is stored. */
export function exampleLetter(
  context: Context,
  event: Event,
  authority: Authority,
  { kind, mode: asked, language }: Example,
): Letter<LetterFacts> {
  const sample = kindOf({ kind }).sample?.(event, asked) ?? {};
  const { mode = asked, waits, first, told = event, more } = sample;
  const receiver: Receiver = {
    ...invented,
    ...{ mode, language },
    ...(waits ? { status: 'waiting', waitsFor: [mode] } : { status: 'confirmed' }),
    sequence: first ? 0 : 1,
  };
  return unsent(letterRow(context, { receiver, event: told, authority }, kind, more));
}

const invented = {
  _id: new Types.ObjectId('0'.repeat(24)),
  ...{ givenName: 'Åsa', familyName: 'Exempel', email: 'asa.exempel@example.se' },
  uid: 'exempel@example.se',
  example: true,
};

/**
 * What a letter says that is only shown. Its personal link opens nothing: it is made with another secret than the links
 * of letters that leave.
 */
export async function composeExample(letter: Letter<LetterFacts>, settings: Settings): Promise<Message> {
  return compose(letter, { ...settings, secret: 'the link of nobody' });
}
