import { expect } from 'chai';
import {
  type Registration,
  RegistrationModel,
  raised,
  raising,
} from '../../src/registrations/registration.ts';
import { anAuthority, anEvent, aRegistration, monday } from '../support/builders.ts';
import { useDatabase } from '../support/database.ts';

describe('The revision of a registration', () => {
  useDatabase();

  it('rises by one, after the last change, in one registration and in an update of many alike', async () => {
    await anAuthority();
    const before = await aRegistration(await anEvent(), { changedAt: monday, sequence: 3 });
    for (const [now, changedAt] of [
      [new Date(+monday + 1000), new Date(+monday + 1000)],
      // An act that waited for its turn began before the change that it comes after.
      [new Date(+monday - 1000), new Date(+monday + 1)],
    ] as const) {
      await RegistrationModel.replaceOne({ _id: before._id }, before);
      await RegistrationModel.updateMany({}, raising(now), { updatePipeline: true });
      const [updated] = await RegistrationModel.find().lean<Registration[]>();
      expect(updated).to.include({ sequence: 4 });
      expect(updated?.changedAt).to.deep.equal(changedAt);
      expect(raised(before, now, { mode: 'digitalt' })).to.deep.equal({
        ...before,
        ...{ mode: 'digitalt', sequence: 4, changedAt },
      });
    }
  });
});
