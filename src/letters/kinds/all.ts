import type { ActKind } from '../../registrations/owed-letter.ts';
import type { SpeakerKind } from '../../speakers/engagements/letters.ts';
import type { LetterKind } from '../writing/kind.ts';
import { alreadyRegistered } from './already-registered.ts';
import { areYouComing } from './are-you-coming.ts';
import { cancelled } from './cancelled.ts';
import { changed } from './changed.ts';
import { colleaguesList } from './colleagues-list.ts';
import { confirmation } from './confirmation.ts';
import { eventCancelled } from './event-cancelled.ts';
import { leftWaitingList } from './left-waiting-list.ts';
import { mailing } from './mailing.ts';
import { meetingLink } from './meeting-link.ts';
import { missedYou } from './missed-you.ts';
import { movedToWaitingList } from './moved-to-waiting-list.ts';
import { newAddress } from './new-address.ts';
import { newLink } from './new-link.ts';
import { noSeat } from './no-seat.ts';
import { promoted } from './promoted.ts';
import { reminder } from './reminder.ts';
import { signUpOpen } from './sign-up-open.ts';
import { speakerAccepted } from './speaker-accepted.ts';
import { speakerChanged } from './speaker-changed.ts';
import { speakerDeclined } from './speaker-declined.ts';
import { speakerEventCancelled } from './speaker-event-cancelled.ts';
import { speakerInvitation } from './speaker-invitation.ts';
import { speakerNewAddress } from './speaker-new-address.ts';
import { speakerReminder } from './speaker-reminder.ts';
import { speakerRemoved } from './speaker-removed.ts';
import { speakerSlides } from './speaker-slides.ts';
import { speakerThanks } from './speaker-thanks.ts';
import { thanks } from './thanks.ts';
import { unusualSpeed } from './unusual-speed.ts';
import { waitingList } from './waiting-list.ts';

/** Every kind of letter by its key in the database, in the order in which the office offers them. */
export const kinds = {
  confirmation: confirmation,
  'waiting-list': waitingList,
  promoted: promoted,
  'no-seat': noSeat,
  'left-waiting-list': leftWaitingList,
  'moved-to-waiting-list': movedToWaitingList,
  changed: changed,
  'cancelled-event': eventCancelled,
  cancelled: cancelled,
  'new-address': newAddress,
  reminder: reminder,
  'meeting-link': meetingLink,
  thanks: thanks,
  'missed-you': missedYou,
  'are-you-coming': areYouComing,
  'colleagues-list': colleaguesList,
  'already-registered': alreadyRegistered,
  'new-link': newLink,
  'sign-up-open': signUpOpen,
  'speaker-invitation': speakerInvitation,
  'speaker-reminder': speakerReminder,
  'speaker-accepted': speakerAccepted,
  'speaker-declined': speakerDeclined,
  'speaker-changed': speakerChanged,
  'speaker-new-address': speakerNewAddress,
  'speaker-removed': speakerRemoved,
  'speaker-event-cancelled': speakerEventCancelled,
  'speaker-slides': speakerSlides,
  'speaker-thanks': speakerThanks,
  mailing: mailing,
  'unusual-speed': unusualSpeed,
} satisfies Record<ActKind | SpeakerKind, LetterKind> & Record<string, LetterKind>;

const byKey: ReadonlyMap<string, LetterKind> = new Map(Object.entries(kinds));

/** The kind of a letter. @throws RangeError if there is no such kind, as after a step back to an older version */
export function kindOf({ kind }: { kind: string }): LetterKind {
  const found = byKey.get(kind);
  if (!found) throw new RangeError(`There is no kind of letter ${kind}.`);
  return found;
}
