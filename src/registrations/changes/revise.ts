import type { QueryFilter, Types } from 'mongoose';
import type { Context } from '../../base/context.ts';
import { active, type Registration, RegistrationModel } from '../registration.ts';

/**
 * Raises the calendar revision (SEQUENCE) of everybody concerned, as a change after their last one (`changedAfter`).
 * @returns the registrations with their new revision
 */
export async function revise(
  { now }: Context,
  event: Types.ObjectId,
  who: QueryFilter<Registration>,
): Promise<Registration[]> {
  const filter = { event, status: { $in: active }, ...who };
  const sequence = { $add: ['$sequence', 1] };
  const changedAt = { $max: [now, { $add: ['$changedAt', 1] }] };
  await RegistrationModel.updateMany(filter, [{ $set: { sequence, changedAt } }], { updatePipeline: true });
  return RegistrationModel.find(filter).lean<Registration[]>();
}
