import { Types } from 'mongoose';
import { authorityOf } from '../authorities/authority.ts';
import type { Context } from '../base/context.ts';
import { mailboxOf } from '../base/form/addresses.ts';
import type { Event } from '../events/event.ts';
import { firstState, type OwedLetter, owe } from '../outbox/outbox.ts';
import { type LetterFacts, letterFacts, type More, type Receiver, type Subject } from './letter-facts.ts';
import { keyOf } from './letter-keys.ts';
import type { Person, Registration } from './registration.ts';

/** What owing a letter depends on. */
type Owing = {
  /** It puts the event into the calendar of a receiver with a seat, or moves it there. */
  invites?: true;
  /** It may be asked for again and again. The others are about something that changes once, and carry its revision. */
  repeatable?: true;
  /** Anybody who knows the address can cause it, also when the address has been proven. */
  unasked?: true;
};

/**
 * The letters that acts on registrations owe. All the rest about a kind stands in its file in `letters/kinds`, which
 * this module cannot import, and which has a file for each of these or does not compile. Letters by plan and by hand
 * are owed from `letters/` itself and need no line here.
 */
const owing = {
  confirmation: { invites: true },
  'already-registered': { repeatable: true, unasked: true },
  'new-link': { repeatable: true, unasked: true },
  changed: { invites: true },
  'new-address': {},
  cancelled: {},
  'cancelled-event': {},
  'waiting-list': {},
  promoted: { invites: true },
  'moved-to-waiting-list': {},
  'no-seat': {},
  'left-waiting-list': {},
  'are-you-coming': {},
  'colleagues-list': { unasked: true },
} satisfies Record<string, Owing>;

/** The kinds of letters that acts owe. */
export type ActKind = keyof typeof owing;

const owingOf: ReadonlyMap<string, Owing> = new Map(Object.entries(owing));

/** A letter that an act owes to the person of a registration. */
export type LetterTo = { kind: ActKind; registration: Registration; more?: More };

/**
 * Writes letters about one event into the outbox, in the transaction of the act that owes them; none to anyone who has
 * given no address.
 */
export async function oweLetters(context: Context, event: Event, all: LetterTo[]): Promise<void> {
  const letters = all.filter(({ registration }) => registration.email);
  if (letters.length === 0) return;
  const authority = await authorityOf(event);
  await owe(
    letters.map(({ registration, kind, more }) =>
      letterRow(context, { receiver: registration, event, authority }, kind, more),
    ),
  );
}

/** Writes one letter into the outbox. */
export async function oweLetter(context: Context, event: Event, letter: LetterTo): Promise<void> {
  await oweLetters(context, event, [letter]);
}

/**
 * Owes the list of those whom somebody has signed up, with what each was told. It belongs to no registration, since the
 * registrar may have none.
 */
export async function oweList(
  context: Context,
  event: Event,
  registrar: Person,
  more: Pick<More, 'names' | 'waitingNames' | 'dueAt'>,
): Promise<void> {
  const receiver = { ...registrar, _id: new Types.ObjectId(), uid: '', sequence: 0 };
  const subject = { receiver, event, authority: await authorityOf(event) };
  const { registration: _none, ...row } = letterRow(context, subject, 'colleagues-list', more);
  await owe([row]);
}

/** Owes somebody who signed up others the link to their list. It belongs to no registration, as the list. */
export async function oweListLink(context: Context, event: Event, receiver: Receiver): Promise<void> {
  const subject = { receiver, event, authority: await authorityOf(event) };
  const { registration: _none, ...row } = letterRow(context, subject, 'new-link');
  await owe([row]);
}

/**
 * The outbox row of one letter: what is true now, and to whom it goes.
 * @param kind one of the acts' kinds, or another of `letters/kinds`, for which `more` holds a `revision`
 */
export function letterRow(
  context: Context,
  subject: Subject,
  kind: string,
  more: More = {},
): OwedLetter<LetterFacts> {
  const { receiver, event, authority } = subject;
  const { invites, repeatable, unasked } = owingOf.get(kind) ?? {};
  const invitation = invites && receiver.status === 'confirmed' ? 'REQUEST' : undefined;
  const once = repeatable ? context.now.getTime() : receiver.sequence;
  const { calendar = invitation, revision = once, dueAt = context.now, until, ...told } = more;
  const { changedAt = context.now, provenAt } = receiver;
  const state = firstState(context, receiver);
  const isCapped = context.settings.rateLimit && state === 'queued' && (unasked || !provenAt);
  return {
    kind,
    key: keyOf(receiver, kind, revision),
    registration: receiver._id,
    event: event._id,
    authority: event.authority,
    to: addressee(receiver),
    from: { name: authority.name, address: context.settings.mailFrom },
    replyTo: { name: event.contactName, address: event.contactEmail },
    language: receiver.language,
    state,
    // An act that waited for its turn may have begun before the change that it comes after.
    createdAt: changedAt > context.now ? changedAt : context.now,
    dueAt,
    ...(until && { until }),
    ...(isCapped && { mailbox: mailboxOf(receiver.email) }),
    listed: true,
    calendar,
    facts: { ...letterFacts(subject, context.now), ...told },
  };
}

/** What stands in To: the name is somebody else's words until the address is proven. */
export function addressee({
  givenName,
  familyName,
  email,
  provenAt,
}: Pick<Receiver, 'givenName' | 'familyName' | 'email' | 'provenAt'>) {
  return { name: provenAt ? `${givenName} ${familyName}` : '', address: email };
}
