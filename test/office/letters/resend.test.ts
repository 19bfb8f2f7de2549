import { expect } from 'chai';
import PostalMime from 'postal-mime';
import { AuditModel } from '../../../src/audit/log.ts';
import { transaction } from '../../../src/base/database.ts';
import { paths } from '../../../src/base/paths.ts';
import { type Event, EventModel } from '../../../src/events/event.ts';
import { type Letter, LetterModel } from '../../../src/outbox/letter.ts';
import { askWhetherComing, keepRegistration } from '../../../src/registrations/changes/calendar-answer.ts';
import { cancelRegistration } from '../../../src/registrations/changes/cancel.ts';
import { changeRegistration } from '../../../src/registrations/changes/change.ts';
import { changeEvent } from '../../../src/registrations/changes/change-event.ts';
import { type Registration, RegistrationModel } from '../../../src/registrations/registration.ts';
import { register } from '../../../src/registrations/sign-up/register.ts';
import { type Engagement, EngagementModel } from '../../../src/speakers/engagements/engagement.ts';
import { oweSpeaker } from '../../../src/speakers/engagements/letters.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { anAuthority, anEngagement, anEvent, aPerson, monday } from '../../support/builders.ts';
import { organiserAt } from '../../support/contexts.ts';
import { type Browser, signIn } from '../../support/requests/sign-in.ts';
import { wordsOf } from '../../support/requests/words.ts';
import { type Service, startService } from '../../support/service.ts';

const minute = 60_000;

describe('Sending a letter again (R77)', () => {
  let service: Service;
  let maja: Browser;
  let event: Event;
  let now = monday;

  beforeEach(async () => {
    now = monday;
    service = await startService(() => now);
    await anAuthority();
    event = await anEvent();
    maja = await signIn(service.app);
  });
  afterEach(() => service.close());

  /** Each act is a minute after the one before. */
  const context = () => {
    now = new Date(+now + minute);
    return organiserAt(now, { smtpUrl: service.smtp.url });
  };
  const signUp = async (email = aPerson().email): Promise<Registration> => {
    const result = await register(context(), event._id, aPerson({ email }));
    if ('refused' in result) throw new Error(result.refused);
    return result.registration;
  };
  const letterOf = (kind: string, { _id }: Registration) =>
    LetterModel.findOne({ kind, registration: _id, 'facts.again': { $exists: false } })
      .orFail()
      .lean<Letter>();
  /** Waits for so many letters, and until the last is noted as sent. */
  const sent = async (count: number) => {
    const mails = await service.smtp.received(count);
    while ((await LetterModel.countDocuments({ state: 'sent' })) < count)
      await new Promise((resolve) => setTimeout(resolve, 20));
    return Promise.all(
      mails.map(async ({ to, raw }) => {
        const mail = await PostalMime.parse(raw, { attachmentEncoding: 'arraybuffer' });
        const objects = mail.attachments.map(({ content }) => Buffer.from(content as ArrayBuffer));
        return { to, id: mail.messageId, date: mail.date, text: mail.text, objects };
      }),
    );
  };
  const again = async ({ _id }: Letter) => {
    const answer = await maja.post(`/kontor/brev/${_id}/igen`);
    return { status: answer.status, words: wordsOf(await answer.text()), to: answer.headers.get('location') };
  };

  it('is a mail of its own with the same calendar object, byte for byte', async () => {
    const person = await signUp();
    await sent(1);
    now = new Date(+monday + 90 * minute);
    const answer = await again(await letterOf('confirmation', person));
    expect([answer.status, answer.to]).to.deep.equal([
      303,
      `/kontor/evenemang/${event._id}/deltagare/${person._id}?klart=igen`,
    ]);
    const [first, second] = await sent(2);
    expect(second?.objects).to.have.length(2);
    expect(second?.objects).to.deep.equal(first?.objects);
    expect(String(second?.objects[0])).to.include(`UID:${person.uid}`).and.include('SEQUENCE:0');
    expect(second?.id).not.to.equal(first?.id);
    expect(second?.date).not.to.equal(first?.date);
    expect(second?.to).to.deep.equal(first?.to);
    expect(second?.text).to.equal(first?.text);
    expect(await AuditModel.countDocuments({ action: 'letter.resent', by: 'Maja Lindgren' })).to.equal(1);

    now = new Date(+monday + 180 * minute);
    await again(await letterOf('confirmation', person));
    const [, , third] = await sent(3);
    expect(third?.objects).to.deep.equal(first?.objects);
    expect(new Set([first?.id, second?.id, third?.id]).size).to.equal(3);
  });

  it('is one more letter, not two, for a second click', async () => {
    service.smtp.behave({ rcpt: 451 });
    const person = await signUp();
    await LetterModel.updateOne({}, { $set: { state: 'failed' }, $unset: { dueAt: 1 } });
    const letter = await letterOf('confirmation', person);
    expect((await again(letter)).status).to.equal(303);
    const second = await again(letter);
    expect([second.status, second.words.includes('Mejlet är redan på väg.')]).to.deep.equal([422, true]);
    expect(await LetterModel.countDocuments()).to.equal(2);
  });

  it('goes for a letter that was refused, and takes it off the list', async () => {
    service.smtp.behave({ rcpt: 550 });
    const person = await signUp();
    while (!(await LetterModel.exists({ state: 'failed' })))
      await new Promise((resolve) => setTimeout(resolve, 20));
    const list = async () => wordsOf(await (await maja.get('/kontor/brev/inte-framme')).text());
    expect(await list())
      .to.include('Adressen finns inte.')
      .and.include('asa.oberg@example.se');
    expect(wordsOf(await (await maja.get('/kontor')).text())).to.include('1 mejl kom inte fram');
    service.smtp.behave({});
    const letter = await letterOf('confirmation', person);
    const answer = await maja.post(`/kontor/brev/${letter._id}/igen`, { list: 'ja' });
    expect(answer.headers.get('location')).to.equal('/kontor/brev/inte-framme?klart=igen');
    await sent(1);
    expect(await list()).to.include('Alla mejl har kommit fram');
    expect(wordsOf(await (await maja.get('/kontor')).text())).not.to.include('kom inte fram');
  });

  describe('is refused', () => {
    const refused = async (letter: Letter, words: string) => {
      const count = await LetterModel.countDocuments();
      const answer = await again(letter);
      expect(answer.status).to.equal(422);
      expect(answer.words).to.include('Mejlet skickas inte igen').and.include(words);
      expect(await LetterModel.countDocuments()).to.equal(count);
    };
    const replaced = 'Ett nyare mejl har tagit det här mejlets plats.';
    const changed = 'Anmälan, inbjudan eller evenemanget har ändrats sedan mejlet skrevs';

    it('where the event has moved since: an invitation to the old time', async () => {
      const person = await signUp();
      await sent(1);
      const moved = { ...event, start: new Date(+event.start + 30 * minute) };
      await changeEvent(context(), event._id, { version: 1, letters: true }, moved);
      await sent(2);
      await refused(await letterOf('confirmation', person), replaced);
      expect((await again(await letterOf('changed', person))).status).to.equal(303);
      const [, second, third] = await sent(3);
      expect(third?.objects).to.deep.equal(second?.objects);
    });

    it('where the person has signed up again: a cancellation', async () => {
      const person = await signUp();
      await sent(1);
      await cancelRegistration(context(), person._id);
      await sent(2);
      const cancellation = await letterOf('cancelled', person);
      await refused(await letterOf('confirmation', person), replaced);
      expect((await again(cancellation)).status).to.equal(303);
      await sent(3);
      await signUp();
      await sent(4);
      await refused(cancellation, changed);
    });

    it('where the person has another address since, whose own letter can go again', async () => {
      const person = await signUp();
      await sent(1);
      const { givenName, familyName, organisation, municipality, role, mode } = person;
      const kept = { givenName, familyName, organisation, municipality, role, mode };
      await changeRegistration(context(), person._id, { ...kept, email: 'asa.ny@example.se' });
      await sent(3);
      await refused(await letterOf('confirmation', person), replaced);
      const own = await LetterModel.findOne({ 'to.address': 'asa.ny@example.se' }).orFail().lean<Letter>();
      expect((await again(own)).status).to.equal(303);
      const last = (await sent(4)).at(-1);
      expect(last?.to).to.deep.equal(['asa.ny@example.se']);
    });

    it('where the person has said to come since: the question after a no', async () => {
      const person = await signUp();
      await sent(1);
      await transaction(() => askWhetherComing(context(), { registration: person, event }));
      await sent(2);
      await keepRegistration(context(), person._id);
      await refused(await letterOf('are-you-coming', person), changed);
    });

    it('where the event is over or cancelled, or the letter was never to leave', async () => {
      const person = await signUp();
      await sent(1);
      const letter = await letterOf('confirmation', person);
      await EventModel.updateOne({ _id: event._id }, { state: 'cancelled' });
      await refused(letter, changed);
      await EventModel.updateOne({ _id: event._id }, { state: 'published' });
      await LetterModel.updateOne({ _id: letter._id }, { state: 'kept' });
      await refused(letter, 'Tjänsten har ingen e-postserver');
      await LetterModel.updateOne({ _id: letter._id }, { state: 'dropped' });
      await refused(letter, replaced);
      await LetterModel.updateOne({ _id: letter._id }, { state: 'sent' });
      now = event.end;
      await refused(letter, 'Det är för sent');
      await RegistrationModel.deleteOne({ _id: person._id });
      await refused(letter, 'Mejlet hör inte till någon anmälan');
    });
  });
});

describe('Sending a speaker’s letter again (R77)', () => {
  let app: TestApp;
  let maja: Browser;
  let engagement: Engagement;

  beforeEach(async () => {
    app = await startApp({ settings: { smtpUrl: 'smtp://post.example.se' } });
    await anAuthority();
    const event = await anEvent();
    engagement = await anEngagement(event);
    await oweSpeaker(organiserAt(monday, app.settings), { engagement, event }, 'speaker-invitation');
    await LetterModel.updateMany({}, { $set: { state: 'sent' }, $unset: { dueAt: 1 } });
    maja = await signIn(app);
  });
  afterEach(() => app.close());

  const again = async () => {
    const { _id } = await LetterModel.findOne({ 'facts.again': { $exists: false } }).orFail();
    return maja.post(paths.resendLetter(_id));
  };

  it('sends it once more to the same speaker', async () => {
    const { _id } = await LetterModel.findOne().orFail();
    expect(wordsOf(await (await maja.get(paths.letter(_id))).text())).to.include('Skicka igen');
    const answer = await again();
    const list = answer.headers.get('location') ?? '';
    expect(list).to.equal(`${paths.eventSpeakers(engagement.event)}?klart=igen`);
    expect(wordsOf(await (await maja.get(list)).text())).to.include('Mejlet skickas igen.');
    const [first, copy, ...more] = await LetterModel.find().sort({ _id: 1 }).lean<Letter[]>();
    expect(more).to.deep.equal([]);
    expect(copy).to.deep.include({ to: first?.to, kind: 'speaker-invitation', state: 'queued' });
    expect((await again()).status, 'a second click').to.equal(422);
  });

  it('is refused once the speaker has answered', async () => {
    await EngagementModel.updateOne({}, { $set: { status: 'declined' } });
    const answer = await again();
    expect(answer.status).to.equal(422);
    expect(wordsOf(await answer.text())).to.include('inbjudan eller evenemanget har ändrats');
    await EngagementModel.updateOne({}, { $set: { status: 'invited', sequence: 1 } });
    expect(wordsOf(await (await again()).text())).to.include('Ett nyare mejl har tagit');
  });
});
