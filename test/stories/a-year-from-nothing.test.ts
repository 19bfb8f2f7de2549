import { expect } from 'chai';
import type { Locator, Page } from 'playwright-core';
import { paths } from '../../src/base/paths.ts';
import { type Event, EventModel } from '../../src/events/event.ts';
import { eventAnswers } from '../../src/office/event/fields.ts';
import { makeLink } from '../../src/organisers/sign-in.ts';
import { LetterModel } from '../../src/outbox/letter.ts';
import { useBrowser, wordsAt } from '../support/browser/browser.ts';
import { aForm, anAuthority, formOf, monday } from '../support/builders.ts';
import { clientCalendar } from '../support/calendar/client-calendar.ts';
import { inChapters } from '../support/chapters.ts';
import { type Received, readMail } from '../support/mail/mailbox.ts';
import { anOrganiser, type Browser, signIn } from '../support/requests/sign-in.ts';
import { wordsOf } from '../support/requests/words.ts';
import { type Service, startService } from '../support/service.ts';
import { morning, programme } from './knowledge-morning.ts';

const elin = 'elin.sandback@example.se';
const cai = 'cai.berg@example.se';

/** Clicks and page loads of a task. */
type Cost = { clicks: number; loads: number };

/** What each task took by hand in an earlier version. Programme entry may take at most half. */
const byHand = {
  'plan a day': { clicks: 3, loads: 3 },
  'the facts of the knowledge morning': { clicks: 5, loads: 2 },
  'its programme': { clicks: 9, loads: 9 },
  'see what becomes public, and publish': { clicks: 2, loads: 2 },
  'move a day with people signed up': { clicks: 3, loads: 3 },
} satisfies Record<string, Cost>;

describe('A year from nothing', function () {
  this.timeout(60_000);
  const open = useBrowser();
  inChapters();
  let now = monday;
  let service: Service;
  let page: Page;
  let maja: Browser;
  let spent: Cost = { clicks: 0, loads: 0 };

  before(async () => {
    service = await startService(() => now);
    await anAuthority();
    maja = await signIn(service.app);
    page = await open({ javaScript: false });
    const context = { now, by: {}, settings: service.app.settings };
    const { pathname } = new URL(await makeLink(context, await anOrganiser(), 24 * 60));
    await page.goto(service.app.url + pathname);
    await page.getByRole('button', { name: 'Logga in' }).click();
    page.on('response', (answer) => {
      const isPage = answer.request().isNavigationRequest() && answer.frame() === page.mainFrame();
      if (isPage && ![301, 302, 303].includes(answer.status())) spent.loads += 1;
    });
  });
  after(() => service?.close());

  const click = async (what: Locator) => {
    spent.clicks += 1;
    await what.click();
    await page.waitForLoadState();
  };
  const press = (name: string) => click(page.getByRole('button', { name, exact: true }));
  const follow = (name: string) => click(page.getByRole('link', { name, exact: true }).first());
  const unfold = (group: string) => click(page.locator('summary', { hasText: group }));
  const fill = async (answers: Record<string, string>) => {
    for (const [name, text] of Object.entries(answers))
      await page.locator(`[name="${name}"]`).first().fill(text);
  };
  const main = () => wordsAt(page.getByRole('main'));

  /** Counts what is done by hand from an address on, beside what it took before. */
  async function costOf(path: string, hands: () => Promise<unknown>): Promise<Cost> {
    await page.goto(service.app.url + path);
    spent = { clicks: 0, loads: 0 };
    await hands();
    return spent;
  }
  const atMost = (cost: Cost, most: Cost, share = 1) => {
    expect(cost.clicks, 'clicks').to.be.at.most(most.clicks * share);
    expect(cost.loads, 'page loads').to.be.at.most(most.loads * share);
  };

  const eventCalled = async (title: string) => EventModel.findOne({ title }).orFail().lean<Event>();
  const boostDay = () => eventCalled('Måluppfyllelse i skolan');
  /** Time goes on between what people do, so that the letters of one come after those of another. */
  const later = () => {
    now = new Date(+now + 60_000);
  };

  /** All letters that are owed have come. @returns those to an address, the oldest first */
  async function letters(to: string): Promise<Received[]> {
    const owed = await LetterModel.countDocuments({ state: { $ne: 'dropped' } });
    const mails = await service.smtp.received(owed);
    return Promise.all(mails.filter((mail) => mail.to.includes(to)).map(readMail));
  }

  /** What stands in somebody's calendar when all letters have come: each entry's day and hours. */
  async function calendarOf(to: string): Promise<string[]> {
    await letters(to);
    const calendar = clientCalendar(to);
    for (const mail of await service.smtp.received(0))
      if (mail.to.includes(to)) await calendar.deliver(mail.raw);
    return calendar.entries().map(({ start, end }) => `${start.slice(5, 16)}–${end.slice(11, 16)}`);
  }

  it('three boost days are planned at once, for no more than one took', async () => {
    const cost = await costOf(paths.office(), async () => {
      await follow('Planera året');
      await press('Spara utkasten');
    });
    atMost(cost, byHand['plan a day']);
    expect(await main())
      .to.include('Tre utkast är sparade.')
      .and.include('Alla tre boostdagar är planerade.');
  });

  it('the knowledge morning gets its facts, for no more than before', async () => {
    const cost = await costOf(paths.office(), async () => {
      await follow('Nytt evenemang');
      await fill({
        title: morning.title,
        date: '16 mars 2027',
        start: '9',
        end: '12',
        lastDay: '10 mars 2027',
      });
      await click(page.getByLabel('Kunskapsförmiddag'));
      await unfold('Innehåll');
      await fill({ summary: morning.summary, audience: morning.audience });
      await fill({ highlights: morning.highlights.join('\n') });
      await unfold('Hur och var');
      await fill({ seatsPlats: '0', accessibility: 'Mötet textas på svenska.' });
      await fill({ meetingLink: 'https://moten.example.se/uppvaxtvillkor' });
      await press('Spara utkastet');
    });
    atMost(cost, byHand['the facts of the knowledge morning']);
    expect(await eventCalled(morning.title)).to.deep.include({ ...morning, kind: 'kunskapsformiddag' });
  });

  it('its programme is entered whole and without a time, for at most half', async () => {
    const { _id } = await eventCalled(morning.title);
    const cost = await costOf(paths.officeEvent(_id), async () => {
      await follow('Program');
      for (const { title, text, speakers, parts } of programme) {
        await fill({ start: '', title, description: text, parts: parts.join('\n') });
        for (const [index, speaker] of speakers.entries()) {
          await page.locator('[name="speakerName"]').nth(index).fill(speaker.name);
          await page.locator('[name="speakerTitle"]').nth(index).fill(speaker.title);
          await page.locator('[name="speakerOrganisation"]').nth(index).fill(speaker.organisation);
        }
        await press('Lägg till programpunkten');
      }
    });
    atMost(cost, byHand['its programme'], 1 / 2);
    const { sessions } = await eventCalled(morning.title);
    const points = sessions.map(({ title, description: text, speakers, parts = [] }) => ({
      ...{ title, text, parts },
      speakers: speakers.map(({ name, title, organisation }) => ({ name, title, organisation })),
    }));
    expect(points).to.deep.equal(programme);
    expect(sessions.map(({ start, end }) => start ?? end)).to.deep.equal([null, null, null]);
  });

  it('it is published, for no more than before, and visitors read all of it', async () => {
    const { _id } = await eventCalled(morning.title);
    const cost = await costOf(paths.officeEvent(_id), async () => {
      await follow('Publicera');
      expect(await main())
        .to.include('Det här blir synligt')
        .and.include('3 programpunkter');
      await press('Publicera');
    });
    atMost(cost, byHand['see what becomes public, and publish']);
    const { slug } = await eventCalled(morning.title);
    const read = wordsOf(await (await fetch(service.app.url + paths.event(slug))).text());
    const people = programme.flatMap(({ speakers }) => speakers.flatMap((one) => Object.values(one)));
    const all = programme.flatMap(({ title, text, parts }) => [title, text, ...parts]);
    const invitation = [
      morning.title,
      ...morning.summary.split('\n\n'),
      morning.audience,
      ...morning.highlights,
    ];
    for (const words of [
      ...invitation,
      ...all,
      ...people,
      'Digitalt',
      'Det kostar inget att delta',
      'klockan 9.00–12.00',
    ])
      expect(read).to.include(words);
  });

  it('the boost days are filled in and published too, and the year has all it needs', async () => {
    const drafts = await EventModel.find({ state: 'draft' }).sort({ start: 1 }).lean<Event[]>();
    for (const { _id } of drafts) {
      const draft = await EventModel.findById(_id).orFail().lean<Event>();
      const answers = {
        summary: 'Välkommen.',
        audience: 'Du som är chef.',
        venue: 'Residenset',
        accessibility: 'Hiss.',
      };
      const typed = {
        ...eventAnswers(draft),
        ...answers,
        seatsDigitalt: '0',
        version: String(draft.version),
      };
      expect((await maja.post(paths.officeEvent(_id), typed)).status).to.equal(303);
      for (const [start, end, speakerName, speakerEmail] of [
        ['09:00', '10:00', 'Elin Sandbäck', elin],
        ['10:00', '11:00', 'Cai Berg', cai],
      ] as const) {
        const { version } = await EventModel.findById(_id).orFail().lean<Event>();
        const session = { start, end, title: `Om ${draft.title}`, speakerName, speakerEmail };
        const saved = await maja.post(paths.programme(_id), { ...session, version: String(version) });
        expect(saved.status).to.equal(303);
      }
      await maja.post(paths.publish(_id));
    }
    const list = wordsOf(await (await fetch(service.app.url + paths.home())).text());
    for (const { title } of [...drafts, morning]) expect(list).to.include(title);
    expect(wordsOf(await (await maja.get(paths.office())).text())).to.include(
      'Alla tre boostdagar är planerade.',
    );
  });

  it('two speakers answer by their mailed links, and their calendars follow their sessions', async () => {
    const { _id, start } = await boostDay();
    const day = start.toISOString().slice(5, 10);
    later();
    const page = await (await maja.get(paths.eventSpeakers(_id))).text();
    const chosen = [...page.matchAll(/name="chosen" value="(\w+)"/g)].map(([, id = '']) => id);
    await maja.post(paths.inviteSpeakers(_id), { chosen, send: 'ja' });
    for (const address of [elin, cai]) {
      const [invitation] = await letters(address);
      const link = /\/medverkan\/[\w-]{40}/.exec(invitation?.text ?? '')?.[0];
      later();
      const yes = await fetch(`${service.app.url}${link}`, formOf({ answer: 'ja' }));
      expect(yes.status).to.equal(303);
    }
    expect(await calendarOf(elin)).to.deep.equal([`${day}T08:00–09:00`]);
    expect(await calendarOf(cai)).to.deep.equal([`${day}T09:00–10:00`]);
    later();
    const { sessions, version } = await boostDay();
    const moved = {
      start: '10:30',
      end: '11:30',
      session: String(sessions[1]?._id),
      version: String(version),
    };
    await maja.post(paths.programme(_id), moved);
    expect(await calendarOf(elin)).to.deep.equal([`${day}T08:00–09:00`]);
    expect(await calendarOf(cai)).to.deep.equal([`${day}T09:30–10:30`]);
  });

  it('a day is moved with forty people signed up, for no more than before, and everybody’s calendar follows', async () => {
    const { _id, slug } = await boostDay();
    const people = Array.from({ length: 40 }, (_, number) => `person${number}@example.se`);
    later();
    for (const email of people) {
      const answer = await fetch(service.app.url + paths.signUp(slug), formOf(aForm({ email })));
      expect(answer.status).to.equal(303);
    }
    later();
    const cost = await costOf(paths.officeEvent(_id), async () => {
      await fill({ date: '12 mars 2027' });
      await press('Spara');
      expect(await main())
        .to.include('40 personer får en ny inbjudan')
        .and.include('Cai Berg')
        .and.include('Elin Sandbäck');
      await click(page.getByRole('button', { name: /^Spara och skicka/ }));
    });
    atMost(cost, byHand['move a day with people signed up']);
    expect(await calendarOf(people[39] ?? '')).to.deep.equal(['03-12T08:00–11:00']);
    expect(await calendarOf(elin)).to.deep.equal(['03-12T08:00–09:00']);
    expect(await calendarOf(cai)).to.deep.equal(['03-12T09:30–10:30']);
    const told = await LetterModel.countDocuments({ kind: 'changed', event: _id });
    expect(told).to.equal(40);
  });
});
