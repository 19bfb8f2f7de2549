import { type Authority, findAuthority } from '../../authorities/authority.ts';
import type { Context } from '../../base/context.ts';
import { transaction } from '../../base/database.ts';
import type { Secrets } from '../../base/keys.ts';
import { type Event, EventModel } from '../../events/event.ts';
import { type Letter, LetterModel } from '../../outbox/letter.ts';
import type { LetterFacts } from '../letter-facts.ts';
import { keyOf } from '../letter-keys.ts';
import { oweListLink } from '../owed-letter.ts';
import { RegistrationModel } from '../registration.ts';
import { idIn, isTokenOf } from './links.ts';

/** The letter that lists whom somebody has signed up. It is all that is kept of one who only signs up others. */
type ListLetter = Omit<Letter<LetterFacts>, 'raw'>;

/** What the personal link of one who has signed up others opens. */
export type OwnList = { letter: ListLetter; event: Event; authority: Authority };

/** What a link in a list letter opens; null for any other link, and when the letter is gone. */
export async function findOwnList(token: string, secrets: Secrets): Promise<OwnList | null> {
  const id = idIn(token);
  if (!id) return null;
  const key = keyOf({ _id: id }, 'colleagues-list', 0);
  const letter = await LetterModel.findOne({ key }, { raw: 0 }).lean<ListLetter>();
  if (!letter || !isTokenOf({ _id: id, email: letter.to.address }, token, secrets)) return null;
  const event = await EventModel.findById(letter.event).lean<Event>();
  const authority = event && (await findAuthority(event.authority));
  return authority && { letter, event, authority };
}

/** Everything that is held about one who only signed up others (GDPR article 15). */
export async function listData({ letter, event, authority }: OwnList) {
  const { title, slug, start, end } = event;
  const mine = { event: event._id, 'to.address': letter.to.address, registration: null };
  const letters = await LetterModel.find(mine, 'kind to language state createdAt sentAt error')
    .sort({ createdAt: 1 })
    .lean();
  const byThem = { event: event._id, 'registeredBy.email': letter.to.address };
  const registered = await RegistrationModel.findOne(byThem, { registeredBy: 1 }).lean();
  return {
    authority: authority.name,
    event: { title, slug, start, end },
    registeredBy: registered?.registeredBy ?? { email: letter.to.address },
    registered: letter.facts.names ?? [],
    letters: letters.map(({ _id, ...sent }) => sent),
  };
}

/**
 * Sends an address the links to its latest lists, one for each event, at most one an hour.
 * @param known the events that the address has had a link for already
 */
export async function sendListLinks(context: Context, email: string, known: Event['_id'][]): Promise<void> {
  const mine = { kind: 'colleagues-list', 'to.address': email, event: { $nin: known } };
  const lists = await LetterModel.find(mine, { raw: 0 }).sort({ createdAt: -1 }).lean<ListLetter[]>();
  const latest = [...Map.groupBy(lists, ({ event }) => String(event)).values()].flatMap(
    ([first]) => first ?? [],
  );
  for (const letter of latest) await transaction(() => sendListLink(context, letter));
}

async function sendListLink(context: Context, { facts, to, event: id, language }: ListLetter): Promise<void> {
  const lately = { $gt: new Date(+context.now - 3600_000) };
  const sent = { event: id, kind: 'new-link', 'facts.registration': facts.registration, createdAt: lately };
  const event = await EventModel.findById(id).lean<Event>();
  if (!event || (await LetterModel.exists(sent))) return;
  const { registration: _id, givenName, mode } = facts;
  const receiver = {
    _id,
    givenName,
    mode,
    familyName: '',
    email: to.address,
    language,
    uid: '',
    sequence: 0,
  };
  await oweListLink(context, event, receiver);
}
