import { expect } from 'chai';
import type { Types } from 'mongoose';
import { databaseClient } from '../../src/base/database.ts';
import { EventModel } from '../../src/events/event.ts';
import { proposalsBySession } from '../../src/migrations/014-proposals-by-session.ts';
import { migrate } from '../../src/migrations/migrate.ts';
import { type Engagement, EngagementModel } from '../../src/speakers/engagements/engagement.ts';
import { anAuthority, anEngagement, anEvent, monday } from '../support/builders.ts';
import { useDatabase } from '../support/database.ts';
import { withoutLog } from '../support/log.ts';

const texts = { title: 'Nytt', description: 'Text', titleEn: 'New', descriptionEn: '' };

describe('Proposals for the first session', () => {
  useDatabase();
  withoutLog();

  it('name it, and those of somebody who is in no session keep what they say of the person', async () => {
    await anAuthority();
    const event = await anEvent();
    const [, session] = event.sessions;
    const [first, gone, none] = [
      await anEngagement(event),
      await anEngagement(event),
      await anEngagement(event),
    ];
    const speaker = { name: 'Bo Öberg', title: '', organisation: '', email: '', entry: first.speaker };
    const both = { 'sessions.1.speakers': [speaker], 'sessions.2.speakers': [speaker] };
    await EventModel.updateOne({ _id: event._id }, { $set: both });
    const { client, dbName } = databaseClient();
    const engagements = client.db(dbName).collection('engagements');
    const _id = { $in: [first._id, gone._id] };
    await engagements.updateMany({ _id }, { $set: { proposal: { ...texts, biography: 'Om' } } });

    await migrate([proposalsBySession], () => monday);
    const of = async (id: Types.ObjectId) =>
      (await EngagementModel.findById(id).orFail().lean<Engagement>()).proposal;
    expect(await of(first._id)).to.deep.equal({
      biography: 'Om',
      sessions: [{ session: session?._id, ...texts }],
    });
    expect(await of(gone._id)).to.deep.equal({ biography: 'Om', sessions: [] });
    expect(await of(none._id)).to.equal(null);
  });
});
