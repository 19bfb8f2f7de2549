import { expect } from 'chai';
import type { Context } from '../../src/base/context.ts';
import { paths } from '../../src/base/paths.ts';
import { type Event, EventModel } from '../../src/events/event.ts';
import type { Mail } from '../../src/inbox/mail.ts';
import { LetterModel } from '../../src/outbox/letter.ts';
import { type Engagement, EngagementModel } from '../../src/speakers/engagements/engagement.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { anAuthority, anEngagement, anEvent, monday } from '../support/builders.ts';
import { visitorAt } from '../support/contexts.ts';
import { reply, type Said, startInbox, takingMail } from '../support/mail/inbox.ts';
import { signIn } from '../support/requests/sign-in.ts';
import { wordsOf } from '../support/requests/words.ts';

describe('An answer from a speaker’s calendar', () => {
  let app: TestApp;
  let inbox: Awaited<ReturnType<typeof startInbox>>;
  let event: Event;
  let engagement: Engagement;
  const context: Context = visitorAt(monday, takingMail);

  before(async () => {
    app = await startApp({ clock: () => monday });
    inbox = await startInbox(context);
  });
  after(async () => {
    await inbox.close();
    await app.close();
  });
  beforeEach(async () => {
    await anAuthority();
    event = await anEvent();
    engagement = await anEngagement(event, { status: 'accepted', sequence: 1 });
  });

  const come = (changes: Partial<Said> = {}): Promise<Mail> =>
    inbox.take(reply(engagement, { sequence: 1, ...changes }));

  it('is for the organiser if it is a no or maybe, and changes nothing', async () => {
    for (const partstat of ['DECLINED', 'TENTATIVE']) {
      const mail = await come({ partstat });
      expect(mail).to.deep.include({
        state: 'people',
        outcome: 'speakerDeclined',
        event: event._id,
        authority: '05',
      });
    }
    expect(await EngagementModel.findById(engagement._id).lean()).to.deep.equal(engagement);
    expect(await LetterModel.countDocuments()).to.equal(0);
    const maja = await signIn(app);
    const html = await (await maja.get(paths.inboxMail((await come())._id))).text();
    expect(wordsOf(html)).to.include('En medverkande tackade nej i sin kalender');
    expect(html).to.include(paths.eventSpeakers(event._id));
  });

  it('needs nobody if it says what is known, or comes too late', async () => {
    expect(await come({ partstat: 'ACCEPTED' })).to.include({ state: 'done', outcome: 'speakerAccepted' });
    expect(await come({ sequence: 0 })).to.include({ state: 'done', outcome: 'old' });
    await EngagementModel.updateOne({ _id: engagement._id }, { $set: { status: 'declined' } });
    expect(await come()).to.include({ state: 'done', outcome: 'late' });
    await EventModel.deleteMany({});
    expect(await come()).to.include({ state: 'done', outcome: 'unknown' });
  });

  it('is for the organiser if it proposes another time', async () => {
    expect(await come({ method: 'COUNTER' })).to.include({ state: 'people', outcome: 'calendar' });
  });
});
