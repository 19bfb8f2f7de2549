import type { Types } from 'mongoose';
import { type Authority, authorityOf } from '../../authorities/authority.ts';
import type { Context } from '../../base/context.ts';
import type { Event } from '../../events/event.ts';
import { titleWithRoom } from '../../events/planning/parallel.ts';
import { firstState, type OwedLetter, owe } from '../../outbox/outbox.ts';
import { sessionsOf } from '../entries/sessions.ts';
import type { Engagement } from './engagement.ts';
import { type Slot, slotOf } from './slot.ts';

/** The letters to speakers. All the rest about a kind stands in its file in `letters/kinds`. */
export type SpeakerKind =
  | 'speaker-invitation'
  | 'speaker-accepted'
  | 'speaker-declined'
  | 'speaker-changed'
  | 'speaker-new-address'
  | 'speaker-removed'
  | 'speaker-event-cancelled'
  | 'speaker-reminder'
  | 'speaker-slides'
  | 'speaker-thanks';

/** What was true of a speaker when a letter was owed. */
export type SpeakerFacts = {
  /** The titles of their sessions, with their rooms. */
  sessions: string[];
  /** Visitors can see the event. */
  isPublic: boolean;
};

/** What only the code that owes the letter knows. */
export type MoreToSpeaker = {
  calendar?: 'REQUEST' | 'CANCEL' | undefined;
  before?: Pick<Slot, 'start' | 'end' | 'place'>;
  reason?: string;
  words?: string;
  /** A letter by hand. */
  written?: { subject: string; text: string; familyName: string };
  documentation?: NonNullable<Event['documentation']>;
  until?: Date;
};

/** The facts of a letter to a speaker: those of a letter to a participant (`registrations/letter-facts`), with their own hours. */
export type SpeakerLetterFacts = Pick<
  Event,
  'slug' | 'title' | 'contactName' | 'contactEmail' | 'contactPhone'
> &
  Slot &
  Omit<MoreToSpeaker, 'calendar' | 'until'> & {
    /** The engagement. */
    registration: Types.ObjectId;
    givenName: string;
    uid: string;
    sequence: number;
    cost: '';
    authority: string;
    unit: string;
    ends: Record<string, never>;
    speaker: SpeakerFacts;
  };

/** Somebody who speaks at an event of a county board. */
export type Appearance = { engagement: Engagement; event: Event; authority: Authority };

/** The outbox row of one letter to a speaker. Letters about one engagement stand in line, as those about a registration. */
export function speakerRow(
  context: Context,
  { engagement, event, authority }: Appearance,
  kind: SpeakerKind | 'mailing',
  { calendar, until, ...told }: MoreToSpeaker = {},
): OwedLetter<SpeakerLetterFacts> {
  const { _id, name, email, language, changedAt } = engagement;
  return {
    kind,
    key: `${_id}.${kind}.${Number(changedAt)}`,
    registration: _id,
    event: event._id,
    authority: event.authority,
    to: { name, address: email },
    from: { name: authority.name, address: context.settings.mailFrom },
    replyTo: { name: event.contactName, address: event.contactEmail || authority.contactEmail },
    language,
    state: firstState(context, engagement),
    createdAt: changedAt > context.now ? changedAt : context.now,
    dueAt: context.now,
    ...(until && { until }),
    listed: true,
    calendar,
    facts: { ...factsOf({ engagement, event, authority }), ...told },
  };
}

function factsOf({ engagement, event, authority }: Appearance): SpeakerLetterFacts {
  const { _id, name, uid, sequence, speaker } = engagement;
  const { slug, title, contactName, contactPhone } = event;
  return {
    ...{ registration: _id, givenName: name, uid, sequence },
    ...{ slug, title, contactName, contactEmail: event.contactEmail || authority.contactEmail, contactPhone },
    ...slotOf(event, speaker),
    ...{ cost: '', authority: authority.name, unit: authority.unit, ends: {} },
    speaker: {
      sessions: sessionsOf(event, speaker).map(titleWithRoom),
      isPublic: event.state !== 'draft',
    },
  };
}

/** Writes one letter to a speaker into the outbox, in the transaction of the act that owes it. */
export async function oweSpeaker(
  context: Context,
  { engagement, event }: Omit<Appearance, 'authority'>,
  kind: SpeakerKind,
  more?: MoreToSpeaker,
): Promise<void> {
  const authority = await authorityOf(event);
  await owe([speakerRow(context, { engagement, event, authority }, kind, more)]);
}
