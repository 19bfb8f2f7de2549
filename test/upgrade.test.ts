import { expect } from 'chai';
import { EventModel } from '../src/events/event.ts';
import { addOrganiser, OrganiserModel } from '../src/organisers/organiser.ts';
import { RegistrationModel } from '../src/registrations/registration.ts';
import { register } from '../src/registrations/sign-up/register.ts';
import { upgradeRecords } from '../src/upgrade.ts';
import { anAuthority, anEvent, aPerson, aRegistration, monday } from './support/builders.ts';
import { visitorAt } from './support/contexts.ts';
import { useDatabase } from './support/database.ts';
import { anOrganiser } from './support/sign-in.ts';

describe('Records of an earlier version', () => {
  useDatabase();

  it('let an address plan for several county boards, which their index forbade', async () => {
    await anOrganiser();
    await OrganiserModel.collection.createIndex({ email: 1 }, { unique: true });
    const { name, email } = await OrganiserModel.findOne().orFail().lean();
    const invite = () => addOrganiser(visitorAt(monday), '04', { name, email });
    expect(await invite()).to.deep.equal({ refused: 'known' });
    await upgradeRecords();
    await upgradeRecords();
    expect(await invite()).to.include({ authority: '04' });
  });

  it('get what has come since, once, and are then like others', async () => {
    await anAuthority();
    const event = await anEvent({ seats: { plats: 2, digitalt: 0 } });
    const registration = await aRegistration(event);
    const since = { waiting: 1, queueHours: 1 };
    await EventModel.collection.updateOne({ _id: event._id }, { $unset: since });
    await RegistrationModel.collection.updateOne(
      { _id: registration._id },
      { $unset: { waitsFor: 1, waitingSince: 1 } },
    );
    await upgradeRecords();
    expect(await EventModel.findById(event._id).lean()).to.deep.include({
      waiting: { plats: 0, digitalt: 0 },
      queueHours: 24,
    });
    expect(await RegistrationModel.findById(registration._id).lean()).to.deep.include({
      waitsFor: [],
      waitingSince: null,
    });

    const signUp = (email: string) =>
      register(visitorAt(monday), event._id, aPerson({ email }), { wait: true });
    expect(await signUp('ny@example.se')).to.include({ waits: false });
    expect(await signUp('sist@example.se')).to.include({ waits: true });
    await upgradeRecords();
    expect((await EventModel.findById(event._id).orFail().lean()).waiting.plats).to.equal(1);
  });
});
