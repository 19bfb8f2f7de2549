import { EventModel } from './events/event.ts';
import { OrganiserModel } from './organisers/organiser.ts';
import { RegistrationModel } from './registrations/registration.ts';

/** Gives records that an earlier version wrote what has come since. Doing it again changes nothing. */
export async function upgradeRecords(): Promise<void> {
  await allowSeveralBoards();
  const none = { plats: 0, digitalt: 0 };
  await EventModel.updateMany({ waiting: { $exists: false } }, { $set: { waiting: none, queueHours: 24 } });
  await RegistrationModel.updateMany(
    { waitsFor: { $exists: false } },
    { $set: { waitsFor: [], waitingSince: null } },
  );
}

/** An address could once belong to one organiser only, whatever county board; the index of that time forbade more. */
async function allowSeveralBoards(): Promise<void> {
  const indexes = await OrganiserModel.collection.indexes();
  if (indexes.some(({ name }) => name === 'email_1')) await OrganiserModel.collection.dropIndex('email_1');
}
