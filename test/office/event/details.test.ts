import { expect } from 'chai';
import { AuditModel } from '../../../src/audit/log.ts';
import { fields } from '../../../src/events/details/details.ts';
import { type Event, EventModel, factorNames, kindNames } from '../../../src/events/event.ts';
import { stepNames, usualPlan } from '../../../src/letters/plan/schedule.ts';
import { eventAnswers } from '../../../src/office/event/fields.ts';
import { LetterModel } from '../../../src/outbox/letter.ts';
import { register } from '../../../src/registrations/sign-up/register.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { hiddenIn } from '../../support/browser/hidden.ts';
import { anAuthority, anEvent, aPerson, aRegistration, monday } from '../../support/builders.ts';
import { visitorAt } from '../../support/contexts.ts';
import { type Browser, signIn, tokenIn } from '../../support/requests/sign-in.ts';
import { wordsOf } from '../../support/requests/words.ts';

const typed = {
  title: 'En meningsfull fritid',
  kind: 'boostdag',
  factors: ['fritid'],
  date: '2027-10-20',
  start: '09:00',
  end: '12:00',
  firstDay: '2027-06-01',
  lastDay: '2027-10-10',
  venue: 'Kulturhuset',
  address: 'Torget 1, Norrköping',
  meetingLink: 'https://moten.example.se/fritid',
  seatsPlats: '80',
  seatsDigitalt: '',
  cost: 'Kostnadsfritt',
  audience: 'Du som arbetar med barns fritid.',
  summary: 'Välkommen.',
  highlights: 'föreningslivet\r\n\r\nfritidsbanken',
  accessibility: 'Hiss och hörslinga.',
  contactName: 'Maja Lindgren',
  contactEmail: 'Maja.Lindgren@example.se',
  contactPhone: '010-000 00 00',
};

describe('An event’s details in the office', () => {
  let app: TestApp;
  let maja: Browser;
  let now = monday;
  const only = () => EventModel.findOne().orFail().lean<Event>();
  const addressOf = (event: Event) => `/kontor/evenemang/${event._id}`;
  /** What the form holds for the event, with changes, as a browser sends it. */
  const formFor = (event: Event, changes = {}) => ({
    ...eventAnswers(event),
    version: String(event.version),
    ...changes,
  });

  beforeEach(async () => {
    now = monday;
    app = await startApp({ clock: () => now, settings: { smtpUrl: 'smtp://post.example.se' } });
    await anAuthority();
    maja = await signIn(app);
  });
  afterEach(() => app.close());

  it('become a draft with the instants of Stockholm', async () => {
    const answer = await maja.post('/kontor/evenemang/nytt', typed);
    const event = await only();
    expect([answer.status, answer.headers.get('location')]).to.deep.equal([
      303,
      `${addressOf(event)}?klart=skapat`,
    ]);
    expect(event).to.include({
      state: 'draft',
      authority: '05',
      slug: 'en-meningsfull-fritid-2027-10-20',
      contactEmail: 'maja.lindgren@example.se',
    });
    expect(event.start.toISOString()).to.equal('2027-10-20T07:00:00.000Z');
    expect(event.opensAt?.toISOString()).to.equal('2027-05-31T22:00:00.000Z');
    expect(event.closesAt.toISOString()).to.equal('2027-10-10T22:00:00.000Z');
    expect(event.seats).to.deep.equal({ plats: 80, digitalt: null });
    expect(event.highlights).to.deep.equal(['föreningslivet', 'fritidsbanken']);
    const entry = await AuditModel.findOne({ action: 'event.created' }).lean();
    expect(entry).to.include({ by: 'Maja Lindgren', about: 'En meningsfull fritid' });
  });

  it('come filled in with what the year’s page proposes and what the county board always says', async () => {
    const html = await (await maja.get('/kontor/evenemang/nytt?kind=boostdag&factors=fritid')).text();
    expect(html)
      .to.match(/value="fritid"[^>]*checked/)
      .and.not.to.match(/value="skola"[^>]*checked/);
    expect(html).to.contain('value="boostdagar@example.se"').and.contain('value="Maja Lindgren"');
  });

  it('that are wrong come back as they were typed, with what is wrong first', async () => {
    const answer = await maja.post('/kontor/evenemang/nytt', {
      ...typed,
      title: '',
      date: '2027-03-28',
      start: '02:30',
      lastDay: '',
    });
    const html = await answer.text();
    expect(answer.status).to.equal(422);
    expect(html).to.contain('<title>Fel: Nytt evenemang').and.contain('Det finns 3 fel i formuläret');
    expect(html).to.contain('Klockan 02:30 går inte att använda 2027-03-28');
    expect(html.indexOf('href="#title"')).to.be.lessThan(html.indexOf('href="#start"'));
    expect(html)
      .to.contain('value="Torget 1, Norrköping"')
      .and.match(/value="fritid"[^>]*checked/);
    expect(await EventModel.countDocuments()).to.equal(0);
  });

  it('are the same after saving what the form shows', async () => {
    const event = await anEvent();
    await maja.post(addressOf(event), formFor(event));
    const saved = await only();
    const told = { documentation: [], letterPlan: usualPlan };
    expect(saved).to.deep.equal({ ...event, ...told, version: 2, changedAt: now });
    expect(await LetterModel.countDocuments()).to.equal(0);
  });

  it('that change nothing for those who come are saved at once and send nothing (R34)', async () => {
    const event = await anEvent();
    await aRegistration(event);
    const answer = await maja.post(addressOf(event), formFor(event, { summary: 'Ny text.' }));
    expect(answer.status).to.equal(303);
    expect(await LetterModel.countDocuments()).to.equal(0);
    const html = await (await maja.get(addressOf(event))).text();
    expect(html).to.contain('får de anmälda som det berör ett mejl');
  });

  describe('that people must hear of', () => {
    const moved = { start: '10:00', summary: 'Ny text & <b>mer</b>.', factors: ['skola', 'fritid'] };

    async function withPeople() {
      const event = await anEvent();
      await aRegistration(event, { email: 'a@example.se', givenName: 'Karin' });
      await aRegistration(event, { email: 'b@example.se', createdAt: now });
      await aRegistration(event, { email: 'c@example.se', mode: 'digitalt' });
      await aRegistration(event, { email: 'd@example.se', status: 'cancelled' });
      return event;
    }

    /** What the form's own button sends. */
    const asked = { preview: 'ja' };

    it('are shown first: what, how many get which letter, how many nothing (N10)', async () => {
      const event = await withPeople();
      const answer = await maja.post(
        addressOf(event),
        formFor(event, { venue: 'Rådhuset', cost: '100 kr', ...asked }),
      );
      expect(answer.status).to.equal(200);
      const words = wordsOf(await answer.text());
      expect(words).to.contain('2 personer får en ny inbjudan').and.contain('Inget är sparat än.');
      expect(words).to.contain('Residenset, Borggården 1, Linköping Rådhuset, Borggården 1, Linköping');
      expect(words).to.contain('På plats 2 ingen Digitalt ingen 1');
      expect(words).to.contain('Du har också ändrat: Kostnad. Om det skickas inget mejl.');
      expect(words).not.to.contain('Möteslänk');
      expect(words).to.match(/Ämne Ny (tid|plats): ”Skolan som skydd/);
      expect(words)
        .to.contain('Hej Karin! Detta har ändrats för')
        .and.contain(
          'Ny plats: Rådhuset, Borggården 1, Linköping. Den gamla var Residenset, Borggården 1, Linköping.',
        );
      expect(words).to.contain('I kalendern: evenemanget ändras');
      expect(words).to.contain('/anmalan/dold');
      expect(await only()).to.deep.equal({ ...event, taken: { plats: 2, digitalt: 1 } });
      expect(await LetterModel.countDocuments()).to.equal(0);
    });

    it('have a letter for each way where both are concerned', async () => {
      const event = await withPeople();
      const words = wordsOf(
        await (await maja.post(addressOf(event), formFor(event, { ...moved, ...asked }))).text(),
      );
      expect(words).to.contain('3 personer får en ny inbjudan');
      expect(words).to.contain('klockan 9.00–12.00 torsdag 11 februari 2027, klockan 10.00–12.00');
      expect(words)
        .to.contain('Så blir mejlet för dem som deltar på plats')
        .and.contain('Så blir mejlet för dem som deltar digitalt');
    });

    it('show the confirmation to one who has not got it yet (R71)', async () => {
      const event = await anEvent();
      await anAuthority();
      await register(visitorAt(now), event._id, aPerson());
      const words = wordsOf(
        await (await maja.post(addressOf(event), formFor(event, { ...moved, ...asked }))).text(),
      );
      expect(words).to.contain('En person får en ny inbjudan').and.contain('Ämne Bekräftelse: ');
      expect(await LetterModel.countDocuments({ state: 'queued' })).to.equal(1);
    });

    it('are saved when the organiser has seen it, and the letters are what was shown', async () => {
      const event = await withPeople();
      const html = await (await maja.post(addressOf(event), formFor(event, { ...moved, ...asked }))).text();
      const answer = await maja.post(addressOf(event), hiddenIn(html));
      expect([answer.status, answer.headers.get('location')]).to.deep.equal([
        303,
        `${addressOf(event)}?klart=sparat`,
      ]);
      const letters = await LetterModel.find().sort({ 'to.address': 1 }).lean();
      expect(letters.map(({ kind, calendar, to }) => [kind, calendar, to.address])).to.deep.equal(
        ['a', 'b', 'c'].map((name) => ['changed', 'REQUEST', `${name}@example.se`]),
      );
      const saved = await only();
      expect(saved).to.deep.include({ version: 2, summary: 'Ny text & <b>mer</b>.', factors: moved.factors });
      expect(saved.movedFrom?.start).to.deep.equal(event.start);
    });

    it('are saved at once by a post that does not ask to see them', async () => {
      const event = await withPeople();
      const answer = await maja.post(addressOf(event), formFor(event, moved));
      expect(answer.status).to.equal(303);
      expect(await LetterModel.countDocuments({ kind: 'changed', calendar: 'REQUEST' })).to.equal(3);
    });

    it('lead back to the form with everything that was typed', async () => {
      const event = await withPeople();
      const html = await (await maja.post(addressOf(event), formFor(event, { ...moved, ...asked }))).text();
      const answer = await maja.post(addressOf(event), { ...hiddenIn(html), back: 'ja' });
      expect(answer.status).to.equal(200);
      const form = await answer.text();
      expect(form).to.contain('value="10:00"').and.contain('Ny text &amp; &lt;b&gt;mer&lt;/b&gt;.');
      expect(form)
        .to.match(/value="fritid"[^>]*checked/)
        .and.contain('name="version" value="1"');
      expect((await only()).version).to.equal(1);
    });

    it('are not saved over a colleague’s, neither at once nor by way of the form', async () => {
      const event = await withPeople();
      const html = await (await maja.post(addressOf(event), formFor(event, { ...moved, ...asked }))).text();
      const erik = await signIn(app, { name: 'Erik Dahl', email: 'erik.dahl@example.se' });
      await erik.post(addressOf(event), formFor(event, { cost: '100 kr' }));
      const conflict = await maja.post(addressOf(event), hiddenIn(html));
      expect(conflict.status).to.equal(409);
      const back = await (await maja.post(addressOf(event), { ...hiddenIn(html), back: 'ja' })).text();
      expect(back).to.contain('name="version" value="1"');
      expect(await LetterModel.countDocuments()).to.equal(0);
      const shownAgain = await maja.post(addressOf(event), { ...hiddenIn(await conflict.text()), ...asked });
      expect(shownAgain.status).to.equal(200);
      expect(wordsOf(await shownAgain.text())).to.contain('3 personer får en ny inbjudan');
    });
  });

  /** The groups of the form that are folded, and those that are open. */
  const groupsIn = (html: string) =>
    [...html.matchAll(/<details class="fold"( open)?>\s*<summary>([^<]+)/g)].map(
      ([, open, name]) => name + (open ? ' (open)' : ''),
    );

  it('of a new one begin with what a draft needs, and fold the rest', async () => {
    const html = await (await maja.get('/kontor/evenemang/nytt')).text();
    const asked = html.slice(html.indexOf('class="form wide"'), html.indexOf('<details'));
    const names = [...asked.matchAll(/id="(title|kind|date|start|end|lastDay|\w+)" name="\1"/g)].map(
      ([, name]) => name,
    );
    expect(names).to.deep.equal(['title', 'kind', 'date', 'start', 'end', 'lastDay']);
    const all = ['Innehåll', 'Hur och var', 'Kontakt', 'Mer om anmälan', 'Mejl', 'Dokumentation'];
    expect(groupsIn(html)).to.deep.equal(all);
  });

  it('open a group that holds an error or another answer than the usual one, documentation after the event', async () => {
    const wrong = await maja.post('/kontor/evenemang/nytt', { ...typed, queueHours: 'x' });
    expect(groupsIn(await wrong.text()).filter((one) => one.endsWith('(open)'))).to.deep.equal([
      'Mer om anmälan (open)',
    ]);
    const event = await anEvent({ opensAt: null, letterPlan: usualPlan });
    const groups = async () => groupsIn(await (await maja.get(addressOf(event))).text());
    expect(await groups()).to.include.members([
      'Hur och var (open)',
      'Mer om anmälan',
      'Mejl',
      'Dokumentation',
    ]);
    now = new Date(+event.end + 1000);
    expect(await groups()).to.include('Dokumentation (open)');
  });

  it('from an earlier sign-in session are shown again as they were typed, and saved by a click', async () => {
    const event = await anEvent();
    const form = formFor(event, { summary: 'Rad ett\nRad <två>', factors: ['skola', 'fritid'] });
    const refused = await maja.post(addressOf(event), { ...form, csrf: 'from an earlier one' });
    expect(refused.status).to.equal(403);
    const html = await refused.text();
    expect(wordsOf(html)).to.contain('Rad <två>').and.contain('Skicka igen');
    expect((await only()).version).to.equal(1);
    expect(html).to.contain(`action="${addressOf(event)}"`);
    expect((await maja.post(addressOf(event), hiddenIn(html))).status).to.equal(303);
    const { summary, factors } = await only();
    expect([summary, factors]).to.deep.equal(['Rad ett\nRad <två>', ['skola', 'fritid']]);
  });

  it('say the weekday and the week of the day', async () => {
    const event = await anEvent();
    expect(wordsOf(await (await maja.get(addressOf(event))).text())).to.contain(
      'Torsdag 11 februari 2027, vecka 6.',
    );
    const wrong = await maja.post('/kontor/evenemang/nytt', { ...typed, title: '', date: '4 feb 2027' });
    expect(wordsOf(await wrong.text())).to.contain('Torsdag 4 februari 2027, vecka 5.');
  });

  it('can be of every kind, about every factor and with every letter', async () => {
    const html = await (await maja.get('/kontor/evenemang/nytt')).text();
    for (const name of Object.values({ ...kindNames, ...factorNames, ...stepNames }))
      expect(html).to.match(new RegExp(`<label for="[^"]+">${name}</label>`));
  });

  it('are called the same where they are typed and where two versions differ', async () => {
    const event = await anEvent();
    const form = await (await maja.get(addressOf(event))).text();
    const labels = [...form.matchAll(/<(?:label for="\w+"|legend)>([^<]+?) ?(?:<|$)/g)].map(
      ([, label]) => label,
    );
    const what = {
      kind: 'annat',
      factors: ['foraldrar'],
      end: '12:30',
      seatsDigitalt: '7',
      queueHours: '48',
    };
    const until = { lastChangeDay: '2027-10-01', lastCancelDay: '2027-10-02' };
    const links = {
      documentation: 'Bilder https://example.se/a',
      letterPlan: ['tack'],
      letterPlanAsked: 'ja',
    };
    const contact = { contactName: 'Erik Dahl', contactPhone: '013-11 11 11', cost: '100 kr' };
    const others = { ...typed, start: '10:00', ...what, ...until, ...links, ...contact };
    const answer = await maja.post(addressOf(event), { ...others, version: '0' });
    const rows = [...(await answer.text()).matchAll(/<th scope="row">([^<]+)<\/th>/g)].map(
      ([, label]) => label,
    );
    expect(rows.filter((label) => !labels.includes(label))).to.deep.equal([]);
    expect(rows).to.include.members(['Typ av evenemang', 'Tillgänglighet på plats och digitalt', 'Telefon']);
    expect(rows).to.have.length(fields.length);
  });

  describe('that two organisers change at once', () => {
    let erik: Browser;
    let event: Event;
    /** The form as it is shown now, which tells its answers, with what is typed in it. */
    const shownForm = async (changes: object) => {
      const html = await (await maja.get(addressOf(event))).text();
      return { ...formFor(event), ...hiddenIn(html), ...changes };
    };

    beforeEach(async () => {
      event = await anEvent();
      erik = await signIn(app, { name: 'Erik Dahl', email: 'erik.dahl@example.se' });
    });

    it('both stand if the fields are different ones, and the page says what the other changed', async () => {
      const form = await shownForm({ audience: 'Alla som vill.' });
      await erik.post(addressOf(event), formFor(event, { cost: '200 kronor' }));
      const answer = await maja.post(addressOf(event), form);
      expect(answer.status).to.equal(303);
      expect(await only()).to.deep.include({ audience: 'Alla som vill.', cost: '200 kronor', version: 3 });
      const page = wordsOf(await (await maja.get(answer.headers.get('location') ?? '')).text());
      expect(page).to.contain('Någon annan har under tiden ändrat ”Kostnad”. Båda ändringarna är sparade.');
    });

    it('both stand if they are saved in the same moment', async () => {
      const [one, other] = [
        await shownForm({ cost: '200 kronor' }),
        await shownForm({ venue: 'Kulturhuset' }),
      ];
      const answers = await Promise.all([
        maja.post(addressOf(event), one),
        erik.post(addressOf(event), { ...other, csrf: erik.csrf }),
      ]);
      expect(answers.map(({ status }) => status)).to.deep.equal([303, 303]);
      expect(await only()).to.deep.include({ cost: '200 kronor', venue: 'Kulturhuset' });
    });

    it('the same field is shown in both versions, and nothing else', async () => {
      const form = await shownForm({ cost: '100 kronor', audience: 'Alla som vill.' });
      await erik.post(addressOf(event), formFor(event, { cost: '200 kronor', venue: 'Kulturhuset' }));
      const answer = await maja.post(addressOf(event), form);
      const html = await answer.text();
      expect(answer.status).to.equal(409);
      expect(html.match(/<th scope="row">.*<\/td>/g)).to.deep.equal([
        '<th scope="row">Kostnad</th><td>200 kronor</td><td>100 kronor</td>',
      ]);
      expect((await maja.post(addressOf(event), hiddenIn(html))).status).to.equal(303);
      expect(await only()).to.deep.include({
        cost: '100 kronor',
        audience: 'Alla som vill.',
        venue: 'Kulturhuset',
      });
    });

    it('what does not fit together is not saved', async () => {
      const form = await shownForm({ end: '10:00' });
      await erik.post(
        addressOf(event),
        formFor(event, { start: '11:00', follow: 'program', followAsked: 'ja' }),
      );
      const answer = await maja.post(addressOf(event), form);
      expect(answer.status).to.equal(409);
      expect(wordsOf(await answer.text())).to.contain('Evenemanget måste sluta efter att det börjar.');
      expect((await only()).version).to.equal(2);
    });

    it('is noticed in the form that came back with an error, too', async () => {
      const wrong = await (
        await maja.post(addressOf(event), await shownForm({ title: '', audience: 'Alla.' }))
      ).text();
      await erik.post(addressOf(event), formFor(event, { cost: '200 kronor' }));
      const form = { ...formFor(event, { audience: 'Alla.' }), seen: tokenIn(wrong, 'seen') };
      expect((await maja.post(addressOf(event), form)).status).to.equal(303);
      expect(await only()).to.deep.include({ audience: 'Alla.', cost: '200 kronor' });
    });
  });

  it('are not saved over a colleague’s: both versions are shown, and the organiser chooses', async () => {
    const event = await anEvent();
    const erik = await signIn(app, { name: 'Erik Dahl', email: 'erik.dahl@example.se' });
    await erik.post(addressOf(event), formFor(event, { venue: 'Kulturhuset' }));
    const answer = await maja.post(
      addressOf(event),
      formFor(event, { venue: 'Stadshuset', factors: ['skola', 'fritid'] }),
    );
    const html = await answer.text();
    expect(answer.status).to.equal(409);
    expect(html).to.contain('<td>Kulturhuset</td><td>Stadshuset</td>');
    expect(html).to.contain(
      '<td>Måluppfyllelse i skolan</td><td>Måluppfyllelse i skolan, Meningsfull fritid</td>',
    );
    expect((await only()).venue).to.equal('Kulturhuset');

    expect((await maja.post(addressOf(event), hiddenIn(html))).status).to.equal(303);
    expect(await only()).to.deep.include({
      venue: 'Stadshuset',
      factors: ['skola', 'fritid'],
      highlights: event.highlights,
    });
  });

  it('of a published event stay complete', async () => {
    const event = await anEvent();
    const answer = await maja.post(addressOf(event), formFor(event, { audience: '', lastDay: '2027-02-11' }));
    const html = await answer.text();
    expect(answer.status).to.equal(422);
    expect(html)
      .to.contain('href="#audience"')
      .and.contain('href="#lastDay"')
      .and.not.contain('href="#date"');
    expect(await only()).to.include({ version: 1, audience: event.audience });
  });

  it('of what has been keep their time, but texts can be mended', async () => {
    const event = await anEvent();
    now = new Date('2027-03-01T09:00:00Z');
    const moved = await maja.post(addressOf(event), formFor(event, { date: '2027-04-01' }));
    expect(moved.status).to.equal(422);
    expect(await moved.text()).to.contain('Evenemanget har varit');
    const mended = await maja.post(addressOf(event), formFor(event, { summary: 'Tack för i dag.' }));
    expect(mended.status).to.equal(303);
  });

  it('of a cancelled event cannot be changed', async () => {
    const event = await anEvent({ state: 'cancelled', cancelReason: 'Föreläsaren är sjuk.' });
    expect(await (await maja.get(addressOf(event))).text())
      .to.contain('Föreläsaren är sjuk.')
      .and.not.contain('name="title"');
    expect((await maja.post(addressOf(event), formFor(event, { title: 'Ny' }))).status).to.equal(422);
    expect(await only()).to.include({ title: event.title });
  });

  it('are written as text, never as markup', async () => {
    const event = await anEvent({ title: '<b>Fet</b>', summary: '</textarea><i>' });
    const html = await (await maja.get(addressOf(event))).text();
    expect(html).not.to.contain('<b>Fet').and.not.contain('</textarea><i>');
  });
});
