import { type Registration, RegistrationModel } from '../registration.ts';

/** Whether a person wants reminders, and letters after the event. Changes are told all the same. */
export async function setReminders({ _id }: Pick<Registration, '_id'>, wanted: boolean): Promise<void> {
  const change = wanted ? { $unset: { noReminders: 1 as const } } : { $set: { noReminders: true } };
  await RegistrationModel.updateOne({ _id }, change);
}
