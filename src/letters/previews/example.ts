import { Types } from 'mongoose';
import type { Authority } from '../../authorities/authority.ts';
import type { Context } from '../../base/context.ts';
import type { Settings } from '../../base/settings.ts';
import type { Event, Mode } from '../../events/event.ts';
import type { Letter } from '../../outbox/letter.ts';
import type { Message } from '../../outbox/message.ts';
import { exampleAnswers } from '../../registrations/answers.ts';
import { type LetterKind, letterRow, type More, whereFor } from '../../registrations/owed-letter.ts';
import type { Registration } from '../../registrations/registration.ts';
import type { Language } from '../../texts/texts.ts';
import { compose } from '../compose.ts';
import { unsent } from './announcement.ts';

/** The letters whose words are known before somebody writes them. */
export type ExampleKind = Exclude<LetterKind, 'utskick'>;

/** Which letter, to one who attends in which way and reads which language. */
export type Example = { kind: ExampleKind; mode: Mode; language: Language };

/** A letter as an invented person would be owed it. Nothing is stored. */
export function exampleLetter(context: Context, event: Event, authority: Authority, asked: Example): Letter {
  const isLink = asked.kind === 'lank';
  const example: Example = isLink ? { ...asked, mode: 'digitalt' } : asked;
  const registration = inventedRegistration(event, example, context.now);
  const told =
    isLink && !event.meetingLink ? { ...event, meetingLink: 'https://moten.example.se/er-lank' } : event;
  const subject = { registration, event: told, authority };
  return unsent(letterRow(context, subject, { kind: example.kind, more: moreOf(example, event) }));
}

/** What such a letter says. Its personal link opens nothing: it is made with another secret, for the id of nobody. */
export async function composeExample(letter: Letter, settings: Settings): Promise<Message> {
  return compose(letter, { ...settings, secret: 'the link of nobody' });
}

/** Letters to somebody who waits for a seat. */
const queued: LetterKind[] = ['vantelista', 'utanplats'];

/** Letters that nothing has gone before. */
const first: LetterKind[] = ['bekraftelse', 'vantelista', 'erbjudande'];

function inventedRegistration(event: Event, { kind, mode, language }: Example, now: Date): Registration {
  return {
    _id: new Types.ObjectId('0'.repeat(24)),
    event: event._id,
    authority: event.authority,
    ...(queued.includes(kind)
      ? { status: 'waiting', waitsFor: [mode], waitingSince: now }
      : { status: 'confirmed', waitsFor: [], waitingSince: null }),
    ...exampleAnswers(),
    ...{ familyName: 'Exempel', email: 'asa.exempel@example.se', mode, language },
    uid: 'exempel@example.se',
    sequence: first.includes(kind) ? 0 : 1,
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
      return { before: { start, end, place: whereFor(event, { mode, status: 'confirmed' }) } };
    case 'installt':
      return { reason: event.cancelReason || 'Här står skälet som ni skriver.', calendar: 'CANCEL' };
    case 'vantelista':
      return { queue: [{ mode, number: 3 }] };
    case 'lista':
      return { names: ['Åsa Exempel', 'Bo Exempel', 'Cai Exempel'] };
    case 'utanplats':
      return { queue: [{ mode, number: 1 }], calendar: 'CANCEL' };
    case 'tack':
    case 'saknad':
      return { documentation: event.documentation ?? [] };
    case 'avbokad':
    case 'nyadress':
      return { calendar: 'CANCEL' };
    default:
      return {};
  }
}
