import type { Types } from 'mongoose';
import {
  notErased,
  type Registration,
  RegistrationModel,
  swedish,
} from '../../registrations/registration.ts';
import type { Mailing, MailingFilter } from './mailing.ts';

/** Somebody who gets a letter by hand: one for each address, by the latest registration that matches. */
export type MailingReceiver = { registration: Types.ObjectId; name: string };

type Asked = Pick<Mailing, 'event' | 'filter'>;

/** Everybody who gets it, by family name. */
export async function listMailingReceivers(asked: Asked): Promise<MailingReceiver[]> {
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
): Promise<{ people: Registration[]; after: string; more: boolean }> {
  const { after = '' } = mailing;
  const rows = await RegistrationModel.find({ ...matching(mailing), email: { $gt: after } })
    .sort({ email: 1, createdAt: -1, _id: -1 })
    .limit(most)
    .lean<Registration[]>();
  const people = rows.filter(({ email }, index) => email !== rows[index - 1]?.email);
  return { people, after: rows.at(-1)?.email ?? after, more: rows.length === most };
}

function matching({ event, filter }: Asked) {
  const { status, municipality, role, mode } = filter satisfies MailingFilter;
  return {
    event,
    status,
    ...notErased,
    email: { $gt: '' },
    ...(municipality && { municipality }),
    ...(role && { role }),
    ...(mode && { mode }),
  };
}
