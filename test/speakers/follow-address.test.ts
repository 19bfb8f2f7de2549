import { expect } from 'chai';
import type { Event } from '../../src/events/event.ts';
import { type Letter, LetterModel } from '../../src/outbox/letter.ts';
import { type Engagement, EngagementModel } from '../../src/speakers/engagements/engagement.ts';
import type { SpeakerLetterFacts } from '../../src/speakers/engagements/letters.ts';
import { findAppearance, speakerToken } from '../../src/speakers/engagements/links.ts';
import { speakerAnswers, speakerDetails } from '../../src/speakers/entries/form.ts';
import { changeSpeaker, entryById } from '../../src/speakers/register.ts';
import { anAuthority, anEngagement, anEvent, monday } from '../support/builders.ts';
import { organiserAt } from '../support/contexts.ts';
import { useDatabase } from '../support/database.ts';

const context = organiserAt(monday, { smtpUrl: 'smtp://post.example.se' });
const [before, after] = ['bo.oberg@example.se', 'bo@example.se'];

describe('A speaker’s corrected address', () => {
  useDatabase();
  let event: Event;
  beforeEach(async () => {
    await anAuthority();
    event = await anEvent();
  });

  async function correct({ speaker }: Engagement, email = after): Promise<void> {
    const entry = await entryById(speaker);
    if (!entry) throw new Error('There is no entry.');
    await changeSpeaker(context, speaker, entry.version, speakerDetails({ ...speakerAnswers(entry), email }));
  }
  const opens = async (holder: Pick<Engagement, '_id' | 'email'>) =>
    (await findAppearance(speakerToken(holder, context.settings.secret), context.settings)) !== null;
  const letters = async () => {
    const found = await LetterModel.find()
      .sort({ createdAt: 1, _id: 1 })
      .lean<Letter<SpeakerLetterFacts>[]>();
    return found.map(({ kind, to, calendar = '', state }) => `${kind} ${to.address} ${calendar} ${state}`);
  };

  it('gets the invitation, and the former link opens nothing', async () => {
    const engagement = await anEngagement(event);
    const { _id } = engagement;
    await correct(engagement);
    expect(await letters()).to.deep.equal([`speaker-invitation ${after}  queued`]);
    expect([await opens({ _id, email: before }), await opens({ _id, email: after })]).to.deep.equal([
      false,
      true,
    ]);
  });

  it('has the hours in its calendar from then on, and the former one has them no more', async () => {
    const engagement = await anEngagement(event, { status: 'accepted' });
    const { _id, uid } = engagement;
    const sent = {
      kind: 'speaker-accepted',
      registration: _id,
      event: event._id,
      authority: '05',
      listed: true,
    };
    const whole = {
      ...sent,
      key: 'first',
      to: { name: 'Bo', address: before },
      language: 'sv',
      createdAt: monday,
    };
    const facts = { uid, sequence: 0 };
    await LetterModel.collection.insertOne({ ...whole, state: 'sent', calendar: 'REQUEST', facts });
    await correct(engagement);
    expect((await letters()).slice(1)).to.have.members([
      `speaker-accepted ${after} REQUEST queued`,
      `speaker-new-address ${before} CANCEL queued`,
    ]);
    const [farewell] = await LetterModel.find({ kind: 'speaker-new-address' }).lean<
      Letter<SpeakerLetterFacts>[]
    >();
    expect(farewell?.facts).to.include({ uid, sequence: 1 });
    const now = await EngagementModel.findById(_id).orFail().lean<Engagement>();
    expect(now).to.include({ email: after, sequence: 1 }).and.not.include({ uid });
  });

  it('changes nothing where it is taken away, or the answer was no', async () => {
    await correct(await anEngagement(event), '');
    await correct(await anEngagement(await anEvent({ slug: 'annan' }), { status: 'declined' }));
    expect(await letters()).to.deep.equal([]);
  });
});
