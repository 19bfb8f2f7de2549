import type { Types } from 'mongoose';
import {
  notErased,
  type Registration,
  RegistrationModel,
  swedish,
} from '../../registrations/registration.ts';
import { type Engagement, EngagementModel, expected } from '../../speakers/engagements/engagement.ts';
import { type Mailing, type MailingFilter, speakersIn } from './mailing.ts';

/**
 * Somebody who gets a letter by hand: one for each address, by the latest registration that matches, or the speaker's
 * engagement.
 */
export type ListedReceiver = { registration: Types.ObjectId; name: string };
export type MailingReceiver = Registration | Engagement;

type Asked = Pick<Mailing, 'event' | 'filter'>;

/** Everybody who gets it, participants by family name. */
export async function listMailingReceivers(asked: Asked): Promise<ListedReceiver[]> {
  const speakers = await speakersFor(asked);
  if (speakers) return speakers.map(({ _id, name }) => ({ registration: _id, name }));
  const found = await RegistrationModel.aggregate<{ first: Types.ObjectId; given: string; family: string }>([
    { $match: matching(asked) },
    { $sort: { email: 1, createdAt: -1, _id: -1 } },
    {
      $group: {
        _id: '$email',
        first: { $first: '$_id' },
        given: { $first: '$givenName' },
        family: { $first: '$familyName' },
      },
    },
    { $sort: { family: 1, given: 1, _id: 1 } },
  ]).collation(swedish);
  return found.map(({ first, given, family }) => ({ registration: first, name: `${family}, ${given}` }));
}

/** How many addresses get it. */
export async function countMailingReceivers(asked: Asked): Promise<number> {
  const speakers = await speakersFor(asked);
  if (speakers) return speakers.length;
  const [sum] = await RegistrationModel.aggregate<{ number: number }>([
    { $match: matching(asked) },
    { $group: { _id: '$email' } },
    { $count: 'number' },
  ]);
  return sum?.number ?? 0;
}

/** The next of them in the order of their addresses, and where to go on; `more` while there are any. */
export async function nextMailingReceivers(
  mailing: Mailing,
  most: number,
): Promise<{ people: MailingReceiver[]; after: string; more: boolean }> {
  const { after = '' } = mailing;
  const speakers = await speakersFor(mailing);
  if (speakers) return { people: speakers, after, more: false };
  const rows = await RegistrationModel.find({ ...matching(mailing), email: { $gt: after } })
    .sort({ email: 1, createdAt: -1, _id: -1 })
    .limit(most)
    .lean<Registration[]>();
  const people = rows.filter(({ email }, index) => email !== rows[index - 1]?.email);
  return { people, after: rows.at(-1)?.email ?? after, more: rows.length === most };
}

/** The speakers who get it, by their address, all at once since an event has few; undefined for a letter to participants. */
async function speakersFor({ event, filter }: Asked): Promise<Engagement[] | undefined> {
  const group = speakersIn(filter);
  if (!group) return undefined;
  const status = group === 'speakers' ? { $in: expected } : group;
  const all = await EngagementModel.find({ event, status }).sort({ email: 1, _id: -1 }).lean<Engagement[]>();
  return all.filter(({ email }, index) => email !== all[index - 1]?.email);
}

/** One of those who get it, by the id of their registration or engagement; null if there is none. */
export async function findMailingReceiver(
  { event, filter }: Asked,
  _id: Types.ObjectId,
): Promise<MailingReceiver | null> {
  return speakersIn(filter)
    ? EngagementModel.findOne({ _id, event }).lean<Engagement>()
    : RegistrationModel.findOne({ _id, event }).lean<Registration>();
}

/** The participants whom a filter means that names no speakers. */
function matching({ event, filter }: Asked) {
  const { status, municipality, role, mode } = filter satisfies MailingFilter;
  return {
    event,
    status: status as Registration['status'],
    ...notErased,
    email: { $gt: '' },
    ...(municipality && { municipality }),
    ...(role && { role }),
    ...(mode && { mode }),
  };
}
