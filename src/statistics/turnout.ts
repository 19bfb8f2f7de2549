import type { Types } from 'mongoose';
import { RegistrationModel } from '../registrations/registration.ts';

/** Who is registered for an event, and how far its attendance is marked. */
export type Turnout = { registered: number; present: number; unmarked: number; municipalities: string[] };

const nobody: Turnout = { registered: 0, present: 0, unmarked: 0, municipalities: [] };

/** The turnout of several events, counted by the database. @returns a look-up that knows every event, also one without registrations */
export async function turnoutOf(events: Types.ObjectId[]): Promise<(event: Types.ObjectId) => Turnout> {
  const rows = await RegistrationModel.aggregate<Turnout & { _id: Types.ObjectId }>([
    { $match: { event: { $in: events }, status: 'confirmed' } },
    {
      $group: {
        _id: '$event',
        registered: { $sum: 1 },
        present: { $sum: { $cond: ['$present', 1, 0] } },
        unmarked: { $sum: { $cond: [{ $eq: ['$present', null] }, 1, 0] } },
        municipalities: { $addToSet: '$municipality' },
      },
    },
  ]);
  const found = new Map(rows.map((row) => [String(row._id), row]));
  return (event) => found.get(String(event)) ?? nobody;
}
