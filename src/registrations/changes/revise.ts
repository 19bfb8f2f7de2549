import type { QueryFilter, Types } from 'mongoose';
import type { Context } from '../../base/context.ts';
import { active, type Registration, RegistrationModel, raising } from '../registration.ts';

/**
 * Raises the calendar revision (SEQUENCE) of everybody concerned.
 * @returns the registrations with their new revision
 */
export async function revise(
  { now }: Context,
  event: Types.ObjectId,
  who: QueryFilter<Registration>,
): Promise<Registration[]> {
  const filter = { event, status: { $in: active }, ...who };
  await RegistrationModel.updateMany(filter, raising(now), { updatePipeline: true });
  return RegistrationModel.find(filter).lean<Registration[]>();
}
