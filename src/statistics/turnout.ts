import type { Types } from 'mongoose';
import { RegistrationModel } from '../registrations/registration.ts';

/** Who is registered for an event, how many wait for a seat, and how far its attendance is marked. */
export type Turnout = {
  registered: number;
  waiting: number;
  present: number;
  unmarked: number;
  municipalities: string[];
};

const nobody: Turnout = { registered: 0, waiting: 0, present: 0, unmarked: 0, municipalities: [] };

/** The turnout of several events, counted by the database. @returns a look-up that knows every event, also one without registrations */
export async function turnoutOf(events: Types.ObjectId[]): Promise<(event: Types.ObjectId) => Turnout> {
  const [rows, queues] = await Promise.all([registeredFor(events), waitingFor(events)]);
  const found = new Map(rows.map((row) => [String(row._id), row]));
  const queued = new Map(queues.map(({ _id, waiting }) => [String(_id), waiting]));
  return (event) => ({
    ...(found.get(String(event)) ?? nobody),
    waiting: queued.get(String(event)) ?? 0,
  });
}

type Of<T> = T & { _id: Types.ObjectId };

async function registeredFor(events: Types.ObjectId[]) {
  return RegistrationModel.aggregate<Of<Omit<Turnout, 'waiting'>>>([
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
}

async function waitingFor(events: Types.ObjectId[]) {
  return RegistrationModel.aggregate<Of<Pick<Turnout, 'waiting'>>>([
    { $match: { event: { $in: events }, status: 'waiting' } },
    { $group: { _id: '$event', waiting: { $sum: 1 } } },
  ]);
}
