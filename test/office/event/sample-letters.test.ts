import { expect } from 'chai';
import ICAL from 'ical.js';
import PostalMime from 'postal-mime';
import { AuditModel } from '../../../src/audit/log.ts';
import type { Event } from '../../../src/events/event.ts';
import { LetterModel } from '../../../src/outbox/letter.ts';
import { RegistrationModel } from '../../../src/registrations/registration.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { anAuthority, anEvent, aRegistration } from '../../support/builders.ts';
import { type Browser, signIn } from '../../support/requests/sign-in.ts';
import { visit } from '../../support/requests/visitor.ts';
import { wordsOf } from '../../support/requests/words.ts';

const subjects = {
  confirmation: ['Bekräftelse: ', 'Confirmation: '],
  'waiting-list': ['Väntelista: ', 'Waiting list: '],
  promoted: ['Du har fått en plats: ', 'You have a seat: '],
  'no-seat': ['Ingen plats blev ledig: ', 'No seat became free: '],
  'left-waiting-list': ['Du har lämnat väntelistan: ', 'You have left the waiting list: '],
  'moved-to-waiting-list': ['Du står på väntelistan: ', 'Moved to the waiting list: '],
  changed: ['Ny tid: ', 'New time: '],
  'cancelled-event': ['Inställt: ', 'Cancelled: '],
  cancelled: ['Avbokad: ', 'Your place is cancelled: '],
  'new-address': ['Ny e-postadress: ', 'New email address: '],
  'already-registered': ['Du är redan anmäld: ', 'You are already registered: '],
  'new-link': ['Länk till din anmälan: ', 'Link to your registration: '],
  reminder: ['Påminnelse: ', 'Reminder: '],
  'meeting-link': ['Möteslänk: ', 'Meeting link: '],
  thanks: ['Tack för att du var med: ', 'Thank you for coming: '],
  'missed-you': ['Vi saknade dig: ', 'We missed you: '],
};
const objects: Record<string, [method: string, revision: number]> = {
  confirmation: ['REQUEST', 0],
  promoted: ['REQUEST', 0],
  'moved-to-waiting-list': ['CANCEL', 1],
  changed: ['REQUEST', 1],
  'cancelled-event': ['CANCEL', 1],
  cancelled: ['CANCEL', 1],
  'new-address': ['CANCEL', 1],
};

describe('What they get', () => {
  let app: TestApp;
  let maja: Browser;
  let event: Event;

  beforeEach(async () => {
    app = await startApp({ settings: { smtpUrl: 'smtp://post.example.se' } });
    await anAuthority();
    maja = await signIn(app);
    event = await anEvent();
  });
  afterEach(() => app.close());

  const path = (end = '', of = event) => `/kontor/evenemang/${of._id}/det-de-far${end}`;
  const words = async (query = '', of = event) => wordsOf(await (await maja.get(path(query, of))).text());
  const mail = async (query: string, of = event) => {
    const answer = await maja.get(path(`.eml${query}`, of));
    expect(answer.headers.get('content-type')).to.match(/^message\/rfc822/);
    return PostalMime.parse(Buffer.from(await answer.arrayBuffer()), { attachmentEncoding: 'utf8' });
  };

  for (const [kind, [sv, en]] of Object.entries(subjects))
    it(`is ${kind}: as text, HTML and file, in both languages, for both ways`, async () => {
      for (const [sprak, subject] of [
        ['sv', sv],
        ['en', en],
      ])
        for (const satt of ['plats', 'digitalt']) {
          const query = `?kind=${kind}&language=${sprak}&mode=${satt}`;
          const { subject: head, text = '', html, attachments, to } = await mail(query);
          expect(head).to.match(new RegExp(`^${subject}[”“]Skolan som skydd`));
          expect(to).to.deep.equal([{ name: '', address: 'asa.exempel@example.se' }]);
          expect(text).to.match(sprak === 'sv' ? /^Hej Åsa!/m : /^Hello Åsa,/m);
          const page = await words(query);
          expect(page).to.include(text.replace(/\s+/g, ' ').trim().slice(0, 200)).and.include(String(head));
          const frame = await maja.get(path(`/html${query}`));
          expect(frame.headers.get('content-security-policy')).to.match(/^default-src 'none'/);
          expect((await frame.text()).trim()).to.equal(html?.replace(/\r\n/g, '\n').trim());
          if (kind === 'confirmation') expect(text).to.include(satt === 'plats' ? 'Residenset' : '/delta/');

          const object = attachments.find(({ mimeType }) => mimeType === 'text/calendar');
          const [method, revision] = objects[kind] ?? [];
          expect(object?.method).to.equal(method);
          if (!object) continue;
          const calendar = new ICAL.Component(ICAL.parse(String(object.content)));
          const entry = calendar.getFirstSubcomponent('vevent');
          expect(entry?.getFirstPropertyValue('sequence')).to.equal(revision);
          expect(String(entry?.getFirstPropertyValue('attendee'))).to.match(
            /^mailto:asa.exempel@example.se$/i,
          );
        }
    });

  it('lays the calendar object out in words: Swedish time, place, revision', async () => {
    const first = await words('?part=kalender');
    expect(first).to.include('Lägger evenemanget i kalendern');
    expect(first).to.include('När torsdag 11 februari 2027, klockan 9.00–12.00');
    expect(first).to.include('Var Residenset, Borggården 1, Linköping');
    expect(await words('?part=kalender&mode=digitalt')).to.include('Var https://moten.example.se/skolan');
    expect(await words('?part=kalender&kind=cancelled-event')).to.include(
      'Tar bort evenemanget ur kalendern',
    );
    expect(await words('?part=kalender&kind=already-registered'), 'has none').to.include(
      'Du är redan anmäld och vi har inte',
    );
  });

  it('tells what was before: the real old time where the event has moved, else one that is said to be an example', async () => {
    const invented = await words('?kind=changed');
    expect(invented).to.include('Den gamla tiden var torsdag 4 februari 2027, klockan 9.00–12.00.');
    expect(invented).to.include('Den gamla tiden är ett exempel.');
    const movedFrom = { start: new Date('2027-02-09T12:00:00Z'), end: new Date('2027-02-09T15:00:00Z') };
    const moved = await anEvent({ movedFrom });
    expect(await words('?kind=changed', moved))
      .to.include('tisdag 9 februari 2027, klockan 13.00–16.00.')
      .and.not.include('är ett exempel');
    expect(await words('?kind=cancelled-event')).to.include('Här står orsaken som du skriver.');
    const gone = await anEvent({ state: 'cancelled', cancelReason: 'Föreläsaren är sjuk.' });
    expect(await words('?kind=cancelled-event', gone)).to.include('Föreläsaren är sjuk.');
  });

  it('tells a place in the queue and when the list closes to one who waits', async () => {
    expect(await words('?kind=waiting-list&mode=digitalt'))
      .to.include('Du är nummer 3 på väntelistan för att delta digitalt.')
      .and.include('Väntelistan stänger den 10 februari 2027 klockan 9.00.')
      .and.not.include('moten.example.se');
    expect(await words('?kind=moved-to-waiting-list')).to.include(
      'Du är nummer 1 på väntelistan för att delta på plats.',
    );
  });

  it('holds a link that opens nothing, whoever has signed up', async () => {
    await aRegistration(event);
    for (const kind of ['confirmation', 'changed', 'already-registered', 'new-link']) {
      const [, link = ''] = /(\/anmalan\/[\w-]+)/.exec((await mail(`?kind=${kind}`)).text ?? '') ?? [];
      expect(link, kind).to.match(/^\/anmalan\/[\w-]{40}$/);
      expect((await visit(app, link)).status, kind).to.equal(404);
    }
  });

  it('stores nothing and sends nothing', async () => {
    const before = await AuditModel.countDocuments();
    for (const end of ['', '/html', '.eml']) await maja.get(path(`${end}?kind=cancelled-event`));
    expect(await LetterModel.countDocuments()).to.equal(0);
    expect(await RegistrationModel.countDocuments()).to.equal(0);
    expect(await AuditModel.countDocuments()).to.equal(before);
  });

  it('shows the ways that the event has, and takes no notice of others', async () => {
    const online = await anEvent({ seats: { plats: 0, digitalt: null } });
    const html = await (await maja.get(path('?mode=plats&kind=x&language=fi&part=x', online))).text();
    expect(html)
      .to.match(/<option value="digitalt" selected>/)
      .and.not.include('value="plats"');
    expect(wordsOf(html)).to.include('Bekräftelse: ”Skolan som skydd').and.include('Hej Åsa!');
  });

  it('is there for a draft that lacks almost everything, and reached from its preview', async () => {
    const nothing = {
      venue: '',
      address: '',
      summary: '',
      contactName: '',
      contactEmail: '',
      contactPhone: '',
    };
    const draft = await anEvent({ state: 'draft', publishedAt: null, sessions: [], cost: '', ...nothing });
    expect(await words('', draft))
      .to.include('Lokal saknas')
      .and.include('Utkast');
    expect((await mail('?kind=changed&mode=digitalt', draft)).subject).to.match(/^Ny tid/);
    const preview = await (await maja.get(`/kontor/evenemang/${draft._id}/forhandsvisning`)).text();
    expect(preview)
      .to.include(`href="${path('', draft)}"`)
      .and.include('Tillbaka till uppgifterna');
  });

  it('is only one’s own county board’s', async () => {
    const eva = await signIn(app, { name: 'Eva Ek', email: 'eva.ek@example.se', authority: '04' });
    for (const end of ['', '/html', '.eml']) {
      expect((await eva.get(path(end))).status).to.equal(404);
      expect((await fetch(app.url + path(end), { redirect: 'manual' })).status).to.equal(303);
    }
  });
});
