import { EventModel } from './events/event.ts';
import { RegistrationModel } from './registrations/registration.ts';

/** Gives records that an earlier version wrote what has come since. Doing it again changes nothing. */
export async function upgradeRecords(): Promise<void> {
  const none = { plats: 0, digitalt: 0 };
  await EventModel.updateMany({ waiting: { $exists: false } }, { $set: { waiting: none, queueHours: 24 } });
  await RegistrationModel.updateMany(
    { waitsFor: { $exists: false } },
    { $set: { waitsFor: [], waitingSince: null } },
  );
}
