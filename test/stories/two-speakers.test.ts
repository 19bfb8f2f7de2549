import { expect } from 'chai';
import { paths } from '../../src/base/paths.ts';
import { type Event, EventModel } from '../../src/events/event.ts';
import { eventAnswers } from '../../src/office/event/fields.ts';
import { LetterModel } from '../../src/outbox/letter.ts';
import { EngagementModel } from '../../src/speakers/engagements/engagement.ts';
import { registerSpeakers } from '../../src/speakers/programme.ts';
import { anAuthority, anEvent, aSpeaker, formOf, monday } from '../support/builders.ts';
import { clientCalendar } from '../support/calendar/client-calendar.ts';
import { inChapters } from '../support/chapters.ts';
import { organiserAt } from '../support/contexts.ts';
import { type Received, readMail } from '../support/mail/mailbox.ts';
import { type Browser, signIn } from '../support/requests/sign-in.ts';
import { wordsOf } from '../support/requests/words.ts';
import { type Service, startService } from '../support/service.ts';

const elin = 'elin.sandback@example.se';
const james = 'james.hill@example.com';
const day = 24 * 3600_000;

/** D: speakers are asked by letter, answer by its link, and their calendars follow their sessions. */
describe('Two speakers', function () {
  this.timeout(60_000);
  inChapters();
  let now = monday;
  let service: Service;
  let maja: Browser;
  let event: Event;

  before(async () => {
    service = await startService(() => now);
    await anAuthority();
    maja = await signIn(service.app);
    const at = (time: string) => new Date(`2027-02-11T${time}:00Z`);
    const made = await anEvent({ state: 'draft', publishedAt: null });
    await aSpeaker({ email: elin });
    const { _id } = await aSpeaker({
      ...{ name: 'James Hill', title: 'professor', organisation: 'Leeds', email: james, language: 'en' },
    });
    const [lecture, pause, talk] = made.sessions;
    if (!lecture || !pause || !talk) throw new Error('The programme is short');
    const speaker = { name: 'James Hill', title: 'professor', organisation: 'Leeds', email: james };
    const sessions = [lecture, pause, { ...talk, end: at('10:30'), speakers: [{ ...speaker, entry: _id }] }];
    await EventModel.updateOne({ _id: made._id }, { $set: { sessions } });
    event = await registerSpeakers(organiserAt(now), await stored(made));
  });
  after(() => service?.close());

  const stored = async ({ _id }: Event) => EventModel.findById(_id).orFail().lean<Event>();

  /** Time goes on between what people do, so that the letters of one come after those of another. */
  const later = (milliseconds = 60_000) => {
    now = new Date(+now + milliseconds);
  };

  /** All letters that were owed to an address have come. @returns them, the oldest first */
  async function letters(to: string): Promise<Received[]> {
    const owed = await LetterModel.countDocuments({ event: event._id, state: { $ne: 'dropped' } });
    const mails = await service.smtp.received(owed);
    return Promise.all(mails.filter((mail) => mail.to.includes(to)).map(readMail));
  }

  async function newest(to: string): Promise<Received> {
    const letter = (await letters(to)).at(-1);
    if (!letter) throw new Error(`There is no letter to ${to}`);
    return letter;
  }

  async function calendarOf(to: string): Promise<string[]> {
    const calendar = clientCalendar(to);
    await letters(to);
    for (const mail of await service.smtp.received(0))
      if (mail.to.includes(to)) await calendar.deliver(mail.raw);
    return calendar
      .entries()
      .map(({ title, start, end }) => `${title} ${start.slice(5, 16)} ${end.slice(11, 16)}`);
  }

  const linkIn = ({ text }: Received) =>
    /https:\/\/boostdagar\.example\.se((?:\/\w\w)?\/medverkan\/[\w-]{40})/.exec(text)?.[1] ?? '';

  async function answer(link: string, fields: Record<string, string>): Promise<Response> {
    later();
    return fetch(service.app.url + link, formOf(fields));
  }

  it('are invited by the organiser, who sees both letters first', async () => {
    const list = await (await maja.get(paths.eventSpeakers(event._id))).text();
    const chosen = [...list.matchAll(/name="chosen" value="(\w+)"/g)].map(([, id = '']) => id);
    expect(chosen).to.have.length(2);
    const preview = await maja.post(paths.inviteSpeakers(event._id), { chosen });
    const words = wordsOf(await preview.text());
    expect(words)
      .to.contain('Vill du medverka?')
      .and.contain('Would you like to speak?')
      .and.contain('/dold');
    expect(await LetterModel.countDocuments({ event: event._id })).to.equal(0);
    const sent = await maja.post(paths.inviteSpeakers(event._id), { chosen, send: 'ja' });
    expect([sent.status, sent.headers.get('location')]).to.deep.equal([
      303,
      `${paths.eventSpeakers(event._id)}?klart=inbjudna&antal=2`,
    ]);
    const twice = await maja.post(paths.inviteSpeakers(event._id), { chosen, send: 'ja' });
    expect(wordsOf(await twice.text())).to.contain('Elin Sandbäck är redan inbjuden.');
    const invitation = await newest(elin);
    expect(invitation.entry).to.equal(undefined);
    expect(invitation.text).to.contain('torsdag 11 februari 2027, klockan 9.00–10.30');
  });

  it('open their page, which changes nothing, in their own language', async () => {
    const before = await EngagementModel.find().lean();
    const page = await fetch(service.app.url + linkIn(await newest(james)));
    const html = await page.text();
    expect(html).to.contain('<html lang="en">').and.contain('Would you like to speak?');
    expect(page.headers.get('referrer-policy')).to.equal('no-referrer');
    expect(await EngagementModel.find().lean()).to.deep.equal(before);
  });

  it('say yes, and have their own hours in their calendars', async () => {
    const proposal = { title: 'Närvaro börjar hemma', biography: 'Jag forskar om skolan.', needs: 'Ljud' };
    const yes = await answer(linkIn(await newest(elin)), { answer: 'ja', ...proposal });
    expect([yes.status, yes.headers.get('location')?.endsWith('?klart=ja')]).to.deep.equal([303, true]);
    await answer(linkIn(await newest(james)), { answer: 'ja' });
    const title = 'Du medverkar: Skolan som skydd: så når fler barn målen';
    expect(await calendarOf(elin)).to.deep.equal([`${title} 02-11T08:00 09:30`]);
    expect(await calendarOf(james)).to.deep.equal([
      `${title.replace('Du medverkar', 'You are speaking')} 02-11T09:50 10:30`,
    ]);
    const { uid } = (await newest(elin)).entry ?? {};
    expect(uid).not.to.contain('elin');
  });

  it('propose texts, which are public only when the organiser has approved them', async () => {
    expect((await stored(event)).sessions[0]?.title).to.equal('Det som håller barn kvar i skolan');
    const { _id } = await EngagementModel.findOne({ email: elin }).orFail();
    const page = wordsOf(await (await maja.get(paths.eventSpeaker(event._id, _id))).text());
    expect(page).to.contain('Närvaro börjar hemma').and.contain('Jag forskar om skolan.').and.contain('Ljud');
    const approved = ['title', 'biography'];
    await maja.post(paths.eventSpeaker(event._id, _id), { approved, profile: 'ja' });
    const [first] = (await stored(event)).sessions;
    expect(first?.title).to.equal('Närvaro börjar hemma');
    expect(first?.description).to.equal('Vad säger forskningen om närvaro, trygghet och stöd?');
    later();
    const { version } = await stored(event);
    await EventModel.updateOne({ _id: event._id }, { $set: { state: 'published', publishedAt: now } });
    const shown = await (await fetch(service.app.url + paths.event(event.slug))).text();
    expect(version).to.be.above(1);
    expect(shown).to.contain('Jag forskar om skolan.').and.not.contain(elin);
  });

  it('are told when their session moves, and nobody else is', async () => {
    later();
    const { sessions, version } = await stored(event);
    const before = (await letters(james)).length;
    await maja.post(paths.programme(event._id), {
      ...{ version: String(version), session: String(sessions[0]?._id) },
      ...{ start: '09:15', end: '10:30', title: 'Närvaro börjar hemma' },
    });
    expect((await calendarOf(elin))[0]).to.contain('02-11T08:15 09:30');
    const told = await newest(elin);
    expect(told.entry).to.include({ method: 'REQUEST', sequence: 1 });
    expect(told.text).to.contain('Den gamla tiden var torsdag 11 februari 2027, klockan 9.00–10.30');
    expect((await letters(james)).length).to.equal(before);
  });

  it('are told when the event moves, which the organiser sees first', async () => {
    later();
    const typed = {
      ...eventAnswers(await stored(event)),
      date: '2027-02-12',
      version: String((await stored(event)).version),
    };
    const preview = await maja.post(paths.officeEvent(event._id), { ...typed, preview: 'ja' });
    expect(wordsOf(await preview.text())).to.contain('Elin Sandbäck och James Hill');
    expect((await maja.post(paths.officeEvent(event._id), typed)).status).to.equal(303);
    expect((await calendarOf(elin))[0]).to.contain('02-12T08:15 09:30');
    expect((await calendarOf(james))[0]).to.contain('02-12T09:50 10:30');
  });

  it('one says no after all, and the hours go out of the calendar', async () => {
    const no = await answer(linkIn(await newest(james)), { answer: 'nej' });
    expect(no.status).to.equal(303);
    expect(await calendarOf(james)).to.deep.equal([]);
    expect((await newest(james)).entry).to.include({ method: 'CANCEL', sequence: 2 });
    const list = wordsOf(await (await maja.get(paths.eventSpeakers(event._id))).text());
    expect(list).to.contain('Har tackat nej').and.contain('Har tackat ja');
  });

  it('the other is taken out of the programme, and reads so on the page that the link still opens', async () => {
    later();
    const { sessions, version } = await stored(event);
    await maja.post(paths.programme(event._id), {
      ...{ version: String(version), session: String(sessions[0]?._id), speakerName: 'Bo Ek' },
    });
    expect(await calendarOf(elin)).to.deep.equal([]);
    const link = linkIn((await letters(elin))[0] as Received);
    const page = wordsOf(await (await fetch(service.app.url + link)).text());
    expect(page).to.contain('Du står inte längre i programmet');
    expect((await answer(link, { answer: 'ja' })).status).to.equal(422);
  });

  it('are not reminded when they have answered, and nobody answers after the event', async () => {
    later(40 * day);
    const link = linkIn((await letters(james))[0] as Received);
    const over = await answer(link, { answer: 'ja' });
    expect(over.status).to.equal(422);
    expect(wordsOf(await over.text())).to.contain('The event is over');
    expect((await letters(james)).every(({ subject }) => !subject.includes('Reminder'))).to.equal(true);
  });
});
