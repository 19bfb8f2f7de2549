import { Types } from 'mongoose';
import type { Authority } from '../authorities/authority.ts';
import type { Act } from '../base/act.ts';
import type { Language } from '../base/dates.ts';
import type { Settings } from '../base/settings.ts';
import type { Event, Mode } from '../events/event.ts';
import type { Letter } from '../post/letter.ts';
import type { Message } from '../post/message.ts';
import { unsent } from './announcement.ts';
import { compose } from './letter-text.ts';
import { type LetterKind, letterRow, type More, whereFor } from './letters.ts';
import type { Registration } from './registration.ts';

/** Which letter, to one who attends in which way and reads which language. */
export type Example = { kind: LetterKind; mode: Mode; language: Language };

/** A letter as an invented person would be owed it. Nothing is stored. */
export function exampleLetter(act: Act, event: Event, authority: Authority, example: Example): Letter {
  const registration = inventedRegistration(event, example, act.now);
  return unsent(letterRow(act, example.kind, { registration, event, authority }, moreOf(example, event)));
}

/** What such a letter says. Its personal link opens nothing: it is made with another secret, for the id of nobody. */
export async function composeExample(letter: Letter, settings: Settings): Promise<Message> {
  return compose(letter, { ...settings, secret: 'the link of nobody' });
}

function inventedRegistration(event: Event, { kind, mode, language }: Example, now: Date): Registration {
  return {
    _id: new Types.ObjectId('0'.repeat(24)),
    event: event._id,
    authority: event.authority,
    status: 'confirmed',
    ...{ givenName: 'Åsa', familyName: 'Exempel', email: 'asa.exempel@example.se' },
    ...{ organisation: 'Exempel kommun', municipality: 'annan', role: 'tjansteperson', mode, language },
    uid: 'exempel@example.se',
    sequence: kind === 'bekraftelse' ? 0 : 1,
    ...{ createdAt: now, changedAt: now, cancelledAt: null },
    ...{ present: null, presentAt: null, remindedAt: null, example: true },
  };
}

const week = 7 * 24 * 3600_000;

/** What an act that owes the letter would know besides: the time before a move, the reason of a cancellation. */
function moreOf({ kind, mode }: Example, event: Event): More {
  const { start, end } = event.movedFrom ?? {
    start: new Date(event.start.getTime() - week),
    end: new Date(event.end.getTime() - week),
  };
  switch (kind) {
    case 'andrat':
      return { before: { start, end, place: whereFor(event, mode) } };
    case 'installt':
      return { reason: event.cancelReason || 'Här står skälet som ni skriver.', calendar: 'CANCEL' };
    case 'avbokad':
    case 'nyadress':
      return { calendar: 'CANCEL' };
    default:
      return {};
  }
}
