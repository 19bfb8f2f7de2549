import { expect } from 'chai';
import type { Event } from '../../src/events/event.ts';
import { LetterModel } from '../../src/outbox/letter.ts';
import { EngagementModel } from '../../src/speakers/engagements/engagement.ts';
import { askForSlides, remindSpeakers, thankSpeakers } from '../../src/speakers/engagements/reminders.ts';
import { anAuthority, anEngagement, anEvent } from '../support/builders.ts';
import { visitorAt } from '../support/contexts.ts';
import { useDatabase } from '../support/database.ts';

/** The invitation is of 4 January, the event of 11 February 2027. */
describe('Letters to speakers that go by themselves', () => {
  useDatabase();
  let event: Event;

  beforeEach(async () => {
    await anAuthority();
    event = await anEvent();
  });

  const kinds = async () => (await LetterModel.find().sort({ _id: 1 }).lean()).map(({ kind }) => kind);
  /** Everything is looked at by two workers. */
  async function look(moment: string): Promise<string[]> {
    const context = visitorAt(`2027-${moment}:00Z`);
    for (const duty of [remindSpeakers, askForSlides, thankSpeakers])
      await Promise.all([duty(context), duty(context)]);
    return kinds();
  }

  it('ask for an answer after one week and after two, and no more', async () => {
    await anEngagement(event);
    expect(await look('01-11T08:00')).to.deep.equal([]);
    expect(await look('01-11T10:00')).to.deep.equal(['speaker-reminder']);
    expect(await look('01-12T10:00')).to.have.length(1);
    expect(await look('01-18T10:00')).to.have.length(2);
    expect(await look('02-09T10:00')).to.have.length(2);
  });

  it('ask nobody who has answered, nor about what is cancelled', async () => {
    await anEngagement(event, { status: 'declined' });
    await anEngagement(await anEvent({ slug: 'installt', state: 'cancelled' }));
    expect(await look('01-20T10:00')).to.deep.equal([]);
  });

  it('ask once for slides a week before, only if there are none', async () => {
    const answered = { status: 'accepted' as const, answeredAt: new Date('2027-01-05T09:00:00Z') };
    await anEngagement(event, answered);
    const slides = [{ hash: 'b'.repeat(64), name: 'a.pdf', isPublic: false }];
    await anEngagement(event, { ...answered, slides });
    expect(await look('02-03T10:00')).to.deep.equal([]);
    expect(await look('02-04T10:00')).to.deep.equal(['speaker-slides']);
    expect(await look('02-05T10:00')).to.have.length(1);
  });

  it('thank those who came from 10 the day after, once', async () => {
    const asked = new Date('2027-02-04T10:00:00Z');
    const { _id } = await anEngagement(event, { status: 'accepted', slidesAskedAt: asked });
    await anEngagement(event, { status: 'declined' });
    expect(await look('02-12T08:30')).to.deep.equal([]);
    expect(await look('02-12T09:30')).to.deep.equal(['speaker-thanks']);
    expect(await look('02-13T09:30')).to.have.length(1);
    expect((await EngagementModel.findById(_id).orFail().lean()).thankedAt).not.to.equal(null);
  });
});
