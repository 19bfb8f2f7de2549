import { Types } from 'mongoose';
import type { Authority } from '../../src/authorities/authority.ts';
import { paths } from '../../src/base/paths.ts';
import { type Event, EventModel } from '../../src/events/event.ts';
import { writeDraft } from '../../src/letters/mailings/drafts.ts';
import { draftFromFile } from '../../src/meeting-reports/draft.ts';
import { importReport } from '../../src/meeting-reports/import.ts';
import { eventAnswers } from '../../src/office/event/fields.ts';
import { putBack } from '../../src/organisers/kept-form.ts';
import { OrganiserModel } from '../../src/organisers/organiser.ts';
import { makeLink } from '../../src/organisers/sign-in.ts';
import { LetterModel } from '../../src/outbox/letter.ts';
import { pauseQueue } from '../../src/outbox/sending/backoff.ts';
import { makeHelperLink } from '../../src/registrations/participants/helper-link.ts';
import { tokenOf } from '../../src/registrations/personal/links.ts';
import { recordedOf } from '../../src/registrations/recorded/form.ts';
import { recordEvent } from '../../src/registrations/recorded/record.ts';
import { RegistrationModel } from '../../src/registrations/registration.ts';
import { register } from '../../src/registrations/sign-up/register.ts';
import type { Engagement } from '../../src/speakers/engagements/engagement.ts';
import type { SpeakerEntry } from '../../src/speakers/entries/speaker.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { useBrowser } from '../support/browser/browser.ts';
import {
  aForm,
  anAuthority,
  anEngagement,
  anEvent,
  anEventsFiles,
  aPerson,
  aRegistration,
  aSpeaker,
  monday,
  parallelProgramme,
} from '../support/builders.ts';
import { organiserAt } from '../support/contexts.ts';
import { aMail } from '../support/mail/inbox.ts';
import { sample } from '../support/reports.ts';
import { anOrganiser, signIn } from '../support/requests/sign-in.ts';
import { type Inspector, inspect, inspector, type State } from './inspect.ts';

const hour = 3600_000;
const from = (hours: number) => new Date(monday.getTime() + hours * hour);
const lasting = (start: Date) => ({ start, end: new Date(start.getTime() + 3 * hour) });
const seats = { plats: 1, digitalt: 0 };

/** An event in each state that the office shows, by its name here. */
const events: Record<string, Partial<Event>> = {
  utkast: { state: 'draft', publishedAt: null },
  'tomt utkast': { state: 'draft', sessions: [], summary: '', venue: '', accessibility: '', contactName: '' },
  'udda utkast': { state: 'draft', start: new Date('2027-02-11T08:30:00Z'), meetingLink: '' },
  öppet: {},
  fullt: { seats, taken: seats },
  kö: { seats: { plats: 2, digitalt: 1 }, taken: { plats: 0, digitalt: 1 } },
  'krock i programmet': { start: new Date('2027-02-11T08:30:00Z') },
  parallellt: { sessions: parallelProgramme() },
  installt: { state: 'cancelled', cancelReason: 'Föreläsaren har fått förhinder.' },
  pågår: { ...lasting(from(-1)), closesAt: from(-200), factors: ['fritid'] },
  genomfört: { ...lasting(from(-240)), closesAt: from(-400), kind: 'kunskapsformiddag' },
};

const person: Record<string, string> = aForm({ email: 'ny@example.se' });

const words = {
  subject: 'Kaffe före {titel}',
  text: 'Välkommen {fornamn}: {lank}',
  subjectEn: '',
  textEn: '',
};

describe('Every page of the office', () => {
  const open = useBrowser();
  let app: TestApp;
  let eyes: Inspector;
  const written = new Map<string, Event>();
  let authority: Authority;
  let letter: string;
  let participant: Types.ObjectId;
  let gone: Types.ObjectId;
  let letterOfPast: Types.ObjectId;
  let overCap: Types.ObjectId;
  let mailing: Types.ObjectId;
  let lonely: Types.ObjectId;
  let colleague: Types.ObjectId;
  let mail: Types.ObjectId;
  const reports: Record<string, Types.ObjectId> = {};
  const codes: Record<string, string> = {};
  let handled: Types.ObjectId;
  let held: Types.ObjectId;
  let speakersNo: Types.ObjectId;
  let releasable: Types.ObjectId;
  const seated: Types.ObjectId[] = [];
  let waiting: Types.ObjectId;
  let elin: SpeakerEntry;
  let namesake: SpeakerEntry;
  let engagement: Engagement;
  let recorded: Types.ObjectId;

  before(async () => {
    app = await startApp({ clock: () => monday, settings: { inboundAuthservId: 'mx.example.se' } });
    authority = await anAuthority();
    for (const [name, facts] of Object.entries(events)) written.set(name, await anEvent(facts));
    await anEventsFiles(one('genomfört'));
    const context = organiserAt(monday, { smtpUrl: undefined });
    elin = await aSpeaker({ phone: '010-000 00 00' });
    namesake = await aSpeaker({ organisation: 'Södra Ekeby högskola', email: '', needs: 'En skärm' });
    const [first] = one('öppet').sessions;
    const speakers = first?.speakers.map((speaker) => ({ ...speaker, entry: elin._id }));
    await EventModel.updateOne({ _id: id('öppet') }, { $set: { 'sessions.0.speakers': speakers } });
    const texts = { title: 'Nytt', description: 'Text', titleEn: 'New', descriptionEn: '' };
    const session = first?._id ?? new Types.ObjectId();
    const proposal = { sessions: [{ session, ...texts }], biography: 'Om' };
    engagement = await anEngagement(one('öppet'), { status: 'accepted', proposal, answeredAt: monday });
    const signedUp = await register(context, one('öppet')._id, aPerson());
    if ('refused' in signedUp) throw new Error('Nobody could sign up');
    participant = signedUp.registration._id;
    gone = (await aRegistration(one('öppet'), { status: 'cancelled', email: 'borta@example.se' }))._id;
    for (const email of ['a@example.se', 'b@example.se'])
      seated.push((await aRegistration(one('kö'), { email }))._id);
    for (const [number, waitsFor] of [
      ['plats' as const],
      ['digitalt' as const, 'plats' as const],
    ].entries()) {
      const facts = {
        status: 'waiting' as const,
        waitsFor,
        mode: waitsFor[0],
        waitingSince: from(number - 9),
      };
      waiting = (await aRegistration(one('kö'), { ...facts, email: `ko${number}@example.se` }))._id;
    }
    for (const [number, present] of [true, false, null].entries())
      for (const name of ['pågår', 'genomfört'])
        await aRegistration(one(name), {
          email: `${number}@example.se`,
          ...{ present, presentAt: present ? monday : null, municipality: number ? 'annan' : '0583' },
        });
    const here = { present: true, presentAt: monday, attendedMode: 'plats' as const };
    for (const [state, name, mark] of [
      ['väntad', 'pågår', {}],
      ['här', 'pågår', here],
      ['annan dag', 'genomfört', {}],
    ] as const) {
      const somebody = await aRegistration(one(name), { email: `${state.length}@kod.example.se`, ...mark });
      codes[state] = paths.checkIn(tokenOf(somebody, app.settings.secret, 'check-in'));
    }
    const link = await makeHelperLink(context, one('pågår'), 'Kim Ek');
    codes.hjälp = typeof link === 'string' ? new URL(link).pathname : '';
    await LetterModel.updateOne({}, { state: 'failed', error: { code: '550', text: 'No such mailbox' } });
    letter = String((await LetterModel.findOne().orFail().lean())._id);
    const plan = { words, filter: { status: 'confirmed' as const } };
    mailing = (await writeDraft(context, one('öppet'), plan))._id;
    lonely = (await writeDraft(context, one('fullt'), plan))._id;
    const { _id: _first, ...like } = await LetterModel.findOne().orFail().lean();
    const state = 'sent' as const;
    const passed = { ...like, state, key: 'passed', event: id('genomfört'), sentAt: monday };
    letterOfPast = (await LetterModel.create(passed))._id;
    await LetterModel.create({
      ...like,
      state: 'held',
      key: 'held',
      to: { name: 'Åsa Öberg', address: 'h@example.se' },
    });
    const waitsUntil = new Date(+monday + 24 * 3600_000);
    const over = { ...like, state: 'queued' as const, key: 'over', waitsUntil, dueAt: waitsUntil };
    overCap = (await LetterModel.create(over))._id;
    await pauseQueue(null, monday, 'EAUTH');
    const about = { registration: participant, event: id('öppet'), authority: '05' };
    mail = (await aMail({ outcome: 'calendar', ...about }))._id;
    const no = { outcome: 'speakerDeclined' as const, event: id('öppet'), authority: '05' };
    speakersNo = (await aMail(no))._id;
    held = (await aMail({ held: true, receivedAt: monday }))._id;
    releasable = (await aMail({ held: true, state: 'done', outcome: 'automatic', receivedAt: new Date(0) }))
      ._id;
    handled = (await aMail({ state: 'handled', handledAt: monday, handledBy: 'Maja Lindgren', text: '' }))
      ._id;
    const answer = { status: 'declined' as const, at: monday, stamp: monday, sequence: 0 };
    await RegistrationModel.updateOne({ _id: participant }, { answer, bouncedAt: monday });
    const report = sample('03-teams-sv-OVERIFIERADE-rubriker.utf16le.csv');
    await aRegistration(one('pågår'), {
      email: 'siv@example.se',
      givenName: 'Siv',
      familyName: 'Övningsson',
    });
    await aRegistration(one('pågår'), { email: 'asa.exempelstrom@kommun-a.example.se', mode: 'digitalt' });
    await aRegistration(one('pågår'), { email: 'borta@example.se', mode: 'digitalt' });
    for (const name of ['läst', 'sparad']) {
      const draft = await draftFromFile(context, one('pågår'), report);
      if ('refused' in draft) throw new Error(draft.refused);
      reports[name] = draft._id;
      if (name === 'sparad') await importReport(context, one('pågår'), draft);
    }
    const before = { title: 'Barns fritid', kind: 'boostdag', date: '2026-02-12', 'plats-0580-chef': '3' };
    recorded = (await recordEvent(context, '05', recordedOf(before, authority)))._id;
    const maja = await anOrganiser();
    colleague = (await anOrganiser({ name: 'Karin Ekdal', email: 'karin.ekdal@example.se' }))._id;
    await putBack({
      ...{ _id: 'f'.repeat(64), organiser: maja._id, action: paths.cancelEvent(id('öppet')) },
      ...{ fields: [{ name: 'reason', value: 'Föreläsaren\när sjuk' }], keptAt: monday, expiresAt: from(24) },
    });
    eyes = await inspector(open);
    const [name = '', value = ''] = (await signIn(app)).cookie.split('=');
    await eyes.page.context().addCookies([{ name, value, domain: '127.0.0.1', path: paths.office() }]);
  });
  after(() => app?.close());

  const one = (name: string): Event => {
    const event = written.get(name);
    if (!event) throw new Error(`There is no event ${name}`);
    return event;
  };
  const id = (name: string) => one(name)._id;
  /** A form of the office sent from its own page, which has the token. */
  const post = (path: string, fields: State['fields'] = {}, status = 422, start = path) => ({
    path,
    from: start,
    fields,
    status,
  });
  const facts = (name: string, changes: Record<string, string>) => ({
    ...eventAnswers(one(name)),
    version: String(one(name).version),
    ...changes,
  });
  const part = {
    version: '1',
    start: '09:00',
    end: '08:00',
    title: '',
    speakerName: '',
    speakerTitle: 'chef',
  };
  const settings = () => {
    const { unit, street, postal, organisationNumber, contactEmail, dataProtectionEmail } = authority;
    const kept = { street, postal, organisationNumber, contactEmail, dataProtectionEmail };
    return { ...kept, closingText: 'somIdag', contactPhone: '', unit: `${unit} två`, version: '-1' };
  };

  const states: Record<string, () => Omit<State, 'name'>> = {
    året: () => ({ path: paths.office() }),
    'ett tidigare år': () => ({ path: `${paths.office()}?ar=2020` }),
    'det som skrevs finns kvar': () => ({ path: paths.keptForms() }),
    'ett senare år': () => ({ path: `${paths.office()}?ar=2028` }),
    evenemangen: () => ({ path: paths.events() }),
    'evenemangen, ett borttaget': () => ({ path: `${paths.events()}?klart=borttaget` }),
    'nytt evenemang': () => ({ path: `${paths.newEvent()}?kind=boostdag&factors=fritid` }),
    'nytt evenemang: fel': () => post(paths.newEvent(), { title: '', date: '2027-02-30', start: '25.00' }),
    ...Object.fromEntries(
      Object.keys(events).flatMap((name): [string, () => Omit<State, 'name'>][] => [
        [`uppgifter: ${name}`, () => ({ path: paths.officeEvent(id(name)) })],
        [`program: ${name}`, () => ({ path: paths.programme(id(name)) })],
        [`deltagare: ${name}`, () => ({ path: paths.participants(id(name)) })],
        [`närvaro: ${name}`, () => ({ path: paths.attendance(id(name)) })],
      ]),
    ),
    'uppgifter: sparade': () => ({ path: `${paths.officeEvent(id('öppet'))}?klart=sparat` }),
    'uppgifter: fel': () => post(paths.officeEvent(id('öppet')), facts('öppet', { title: '', venue: '' })),
    'uppgifter: färre platser än anmälda': () =>
      post(paths.officeEvent(id('kö')), facts('kö', { seatsPlats: '1' })),
    'uppgifter: färre platser, för många valda': () =>
      post(paths.officeEvent(id('kö')), {
        ...facts('kö', { seatsPlats: '1' }),
        fewer: 'ja',
        unseated: seated.map(String),
      }),
    'uppgifter: sättet erbjuds inte längre': () =>
      post(paths.officeEvent(id('kö')), facts('kö', { seatsPlats: '0', venue: '' })),
    'uppgifter: en plats från väntelistan': () => ({
      path: `${paths.officeEvent(id('kö'))}?klart=sparat&seated=2`,
    }),
    'uppgifter: vad de som väntar får veta': () =>
      post(paths.officeEvent(id('kö')), facts('kö', { end: '12:30', preview: 'ja' }), 200),
    'uppgifter: någon annan har sparat': () =>
      post(
        paths.officeEvent(id('öppet')),
        facts('öppet', { version: '0', title: 'Nytt', cost: '100 kr' }),
        409,
      ),
    'uppgifter: vad de anmälda får veta': () =>
      post(paths.officeEvent(id('öppet')), facts('öppet', { end: '12:30', cost: '100 kr' }), 200),
    'uppgifter: vad flyttar med': () =>
      post(
        paths.officeEvent(id('fullt')),
        facts('fullt', { date: '2027-02-18', start: '13:00', end: '16:00', preview: 'ja' }),
        200,
      ),
    'uppgifter: flytt med fel i orden': () =>
      post(
        paths.officeEvent(id('kö')),
        facts('kö', { date: '2027-02-18', start: '13:00', end: '16:00', words: 'x'.repeat(1001) }),
      ),
    'uppgifter: vilka får en plats': () =>
      post(paths.officeEvent(id('kö')), facts('kö', { seatsPlats: '3', preview: 'ja' }), 200),
    publicera: () => ({ path: paths.publish(id('utkast')) }),
    'publicera: något är udda': () => ({ path: paths.publish(id('udda utkast')) }),
    'publicera: något saknas': () => ({ path: paths.publish(id('tomt utkast')) }),
    'utkast igen: går inte': () =>
      post(paths.unpublish(id('öppet')), {}, 422, paths.officeEvent(id('öppet'))),
    'publicera: det som saknas': () =>
      post(paths.publish(id('tomt utkast')), {}, 422, paths.officeEvent(id('tomt utkast'))),
    'ta bort utkastet': () => ({ path: paths.deleteEvent(id('utkast')) }),
    'ta bort: går inte': () => ({ path: paths.deleteEvent(id('öppet')) }),
    'ställ in': () => ({ path: paths.cancelEvent(id('öppet')) }),
    'ställ in: mejlet med orsaken': () =>
      post(paths.cancelEvent(id('öppet')), { reason: 'Föreläsaren är sjuk.', preview: 'ja' }, 200),
    'ställ in: även de som väntar': () => ({ path: paths.cancelEvent(id('kö')) }),
    'ställ in: fel': () => post(paths.cancelEvent(id('öppet')), { reason: '' }),
    'ställ in: går inte': () => ({ path: paths.cancelEvent(id('genomfört')), status: 200 }),
    'program: ändra': () => ({
      path: `${paths.programme(id('öppet'))}?session=${one('öppet').sessions[0]?._id}`,
    }),
    'program: efter en ny punkt': () => ({
      path: `${paths.programme(id('öppet'))}?klart=sparat&after=${one('öppet').sessions[0]?._id}`,
    }),
    'program: lägg till parallellt': () => ({
      path: `${paths.programme(id('parallellt'))}?after=${one('parallellt').sessions[2]?._id}&parallel=ja`,
    }),
    'program: ändra med körschema': () => ({
      path: `${paths.programme(id('parallellt'))}?session=${one('parallellt').sessions[2]?._id}`,
    }),
    körschema: () => ({ path: paths.runSheet(id('parallellt')) }),
    'körschema: tomt': () => ({ path: paths.runSheet(id('tomt utkast')) }),
    'körschema: inställt': () => ({ path: paths.runSheet(id('installt')) }),
    'program: fel i en flytt': () =>
      post(paths.programme(id('öppet')), { version: '1', shift: 'ja', shiftFrom: 'x', shiftMinutes: '' }),
    'program: fel': () => post(paths.programme(id('öppet')), part),
    'program: någon annan har sparat': () =>
      post(
        paths.programme(id('öppet')),
        { ...part, version: '0', end: '10:00', title: 'Ny punkt', speakerName: 'Elin' },
        409,
      ),
    förhandsvisning: () => ({ path: paths.preview(id('utkast')) }),
    'kopiera inbjudan': () => ({ path: paths.copyInvitation(id('öppet')) }),
    'kopiera inbjudan: utkast': () => ({ path: paths.copyInvitation(id('tomt utkast')) }),
    'det de får': () => ({ path: paths.whatTheyGet(id('öppet')) }),
    'det de får, ett tomt utkast': () => ({ path: paths.whatTheyGet(id('tomt utkast')) }),
    'det de får, HTML': () => ({ path: `${paths.whatTheyGet(id('öppet'))}?kind=changed&part=html` }),
    'det de får, kalender': () => ({
      path: `${paths.whatTheyGet(id('öppet'))}?kind=cancelled-event&language=en&part=kalender`,
    }),
    'hjälp vid ingången': () => ({ path: `${paths.helperLinks(id('pågår'))}?klart=indragen` }),
    'hjälp vid ingången: fel': () => post(paths.helperLinks(id('pågår')), { name: '' }),
    'hjälp vid ingången: länken': () => post(paths.helperLinks(id('pågår')), { name: 'Bo Ek' }, 200),
    'hjälp vid ingången: listan': () => ({ path: codes.hjälp ?? '' }),
    'hjälp vid ingången: sökning': () => ({ path: `${codes.hjälp}?q=finnsinte` }),
    'hjälp vid ingången: länken gäller inte': () => ({ path: paths.helper('a'.repeat(43)), status: 404 }),
    incheckning: () => ({ path: codes.väntad ?? '' }),
    'incheckning: redan gjord': () => ({ path: codes.här ?? '' }),
    'incheckning: en annan dag': () => ({ path: codes['annan dag'] ?? '' }),
    'incheckning: koden gäller inte': () => ({ path: paths.checkIn('a'.repeat(40)), status: 404 }),
    'deltagare: inga träffar': () => ({ path: `${paths.participants(id('öppet'))}?q=finnsinte` }),
    'deltagare: alla': () => ({ path: `${paths.participants(id('öppet'))}?status=&klart=anmald` }),
    'deltagare: på väntelistan': () => ({
      path: `${paths.participants(id('kö'))}?status=waiting&klart=avbokad&seated=${seated[0]}`,
    }),
    'deltagare: ingen på väntelistan': () => ({ path: `${paths.participants(id('öppet'))}?status=waiting` }),
    'en som väntar': () => ({ path: paths.participant(id('kö'), waiting) }),
    'en som väntar: fel': () => post(paths.participant(id('kö'), waiting), { givenName: '', email: 'x' }),
    'ge en plats': () => ({ path: paths.giveSeat(id('kö'), waiting) }),
    'ge en plats: fel': () => post(paths.giveSeat(id('kö'), waiting)),
    'ge en plats: går inte': () => ({ path: paths.giveSeat(id('kö'), seated[0]) }),
    'ta bort från väntelistan': () => ({ path: paths.cancelParticipant(id('kö'), waiting) }),
    'lägg till: väntelista': () => post(paths.addParticipant(id('kö')), person),
    'lägg till': () => ({ path: paths.addParticipant(id('öppet')) }),
    'lägg till: går inte': () => ({ path: paths.addParticipant(id('installt')) }),
    'lägg till: fel': () => post(paths.addParticipant(id('öppet')), { email: 'x', givenName: '' }),
    'lägg till: redan anmäld': () =>
      post(paths.addParticipant(id('öppet')), { ...person, email: aPerson().email }),
    'lägg till: fullt': () => post(paths.addParticipant(id('fullt')), person),
    'lägg till: över': () => post(paths.addParticipant(id('genomfört')), person),
    'ändra en deltagare': () => ({ path: paths.participant(id('öppet'), participant) }),
    'ändra en deltagare: fel': () =>
      post(paths.participant(id('öppet'), participant), { givenName: '', email: 'x', version: '0' }),
    'ändra en deltagare: någon annan har sparat': () =>
      post(paths.participant(id('öppet'), participant), { ...person, version: '0' }, 409),
    'ändra en deltagare: avbokad': () => ({ path: paths.participant(id('öppet'), gone) }),
    'avboka en deltagare': () => ({ path: paths.cancelParticipant(id('öppet'), participant) }),
    'avboka en deltagare: redan gjort': () => ({ path: paths.cancelParticipant(id('öppet'), gone) }),
    'radera en person': () => ({ path: paths.erasePerson(id('öppet'), participant) }),
    'radera en person: obesvarat': () => post(paths.erasePerson(id('öppet'), gone)),
    'avboka flera': () =>
      post(
        paths.cancelParticipants(id('kö')),
        { chosen: [...seated, waiting].map(String) },
        200,
        paths.participants(id('kö')),
      ),
    'avboka flera: alla som filtret visar': () =>
      post(`${paths.cancelParticipants(id('kö'))}?status=`, { all: 'ja' }, 200, paths.participants(id('kö'))),
    'avboka flera: ingen vald': () =>
      post(paths.cancelParticipants(id('öppet')), {}, 422, paths.participants(id('öppet'))),
    'avboka flera: en är redan avbokad': () =>
      post(
        paths.cancelParticipants(id('öppet')),
        { chosen: [participant, gone].map(String) },
        409,
        paths.participants(id('öppet')),
      ),
    'avboka flera: går inte': () =>
      post(
        paths.cancelParticipants(id('genomfört')),
        { chosen: [String(participant)], letters: 'nej' },
        422,
        paths.participants(id('genomfört')),
      ),
    'deltagare: flera avbokade': () => ({
      path: `${paths.participants(id('kö'))}?klart=avbokadeUtanBrev&number=12&promoted=2`,
    }),
    'närvaro: sökt': () => ({ path: `${paths.attendance(id('pågår'))}?q=öberg` }),
    'närvaro: digitalt': () => ({ path: `${paths.attendance(id('pågår'))}?mode=digitalt` }),
    'närvaro: inte anmäld, fel': () =>
      post(paths.walkIn(id('pågår')), { email: 'x' }, 422, paths.attendance(id('pågår'))),
    'närvaro: innan dagen': () =>
      post(
        paths.attendance(id('öppet')),
        { registration: String(participant), present: 'ja' },
        200,
        paths.attendance(id('öppet')),
      ),
    'närvaro: listan på papper': () => ({ path: `${paths.paperList(id('pågår'))}?saved=1` }),
    'närvaro: inga träffar': () => ({ path: `${paths.attendance(id('pågår'))}?q=finnsinte` }),
    'rapport: läs in': () => ({ path: `${paths.meetingReports(id('pågår'))}?klart=angrad` }),
    'rapport: fel': () => post(paths.meetingReports(id('pågår')), { addresses: 'x' }),
    'rapport: inget valt': () => post(paths.meetingReports(id('pågår'))),
    'rapport: går inte': () => ({ path: paths.meetingReports(id('installt')) }),
    'rapport: vad den ger': () => ({ path: paths.meetingReport(id('pågår'), reports.läst) }),
    'rapport: fel i svaren': () =>
      post(paths.meetingReport(id('pågår'), reports.läst), { threshold: 'x', preview: 'ja' }),
    'rapport: kolumner': () => ({ path: paths.reportColumns(id('pågår'), reports.läst) }),
    'rapport: fel kolumner': () => post(paths.reportColumns(id('pågår'), reports.läst)),
    'rapport: inläst': () => ({ path: paths.meetingReport(id('pågår'), reports.sparad) }),
    'bild och dokument': () => ({ path: `${paths.eventFiles(id('genomfört'))}?klart=dokument` }),
    'bild och dokument: tomt utkast': () => ({ path: paths.eventFiles(id('tomt utkast')) }),
    'bild och dokument: ingen fil': () => post(paths.eventFiles(id('öppet')), { title: '' }),
    'bild och dokument: fel bild': () =>
      post(paths.eventPicture(id('öppet')), { alt: '' }, 422, paths.eventFiles(id('öppet'))),
    'evenemangets medverkande': () => ({
      path: `${paths.eventSpeakers(id('öppet'))}?klart=inbjudna&antal=1`,
    }),
    'evenemangets medverkande: tomt': () => ({ path: paths.eventSpeakers(id('tomt utkast')) }),
    'bjud in': () =>
      post(
        paths.inviteSpeakers(id('öppet')),
        { chosen: [String(elin._id)] },
        200,
        paths.eventSpeakers(id('öppet')),
      ),
    'bjud in: fel': () =>
      post(paths.inviteSpeakers(id('öppet')), { chosen: [] }, 422, paths.eventSpeakers(id('öppet'))),
    'en medverkandes förslag': () => ({ path: paths.eventSpeaker(id('öppet'), engagement._id) }),
    medverkande: () => ({ path: paths.speakers() }),
    'medverkande: inga träffar': () => ({ path: `${paths.speakers()}?q=finnsinte` }),
    'medverkande: fel': () => post(paths.speakers(), { name: '', email: 'x' }),
    'en medverkande': () => ({ path: `${paths.speaker(elin._id)}?klart=sparat` }),
    'en medverkande: fel': () => post(paths.speaker(elin._id), { version: '1', name: '' }),
    'en medverkande: någon annan har sparat': () =>
      post(paths.speaker(elin._id), { version: '0', name: 'Elin Ek', language: 'sv' }, 409),
    'radera en medverkande': () => ({ path: paths.eraseSpeaker(elin._id) }),
    'radera en medverkande: inbjuden': () => ({ path: paths.eraseSpeaker(engagement.speaker) }),
    'slå ihop medverkande': () => ({ path: paths.mergeSpeakers(elin._id, namesake._id) }),
    brev: () => ({ path: paths.letters() }),
    'brev: ett evenemang': () => ({ path: paths.eventLetters(id('öppet')) }),
    'brev: ett evenemang som har varit': () => ({
      path: `${paths.eventLetters(id('genomfört'))}?klart=utskick`,
    }),
    'brev: ett utkast': () => ({ path: paths.eventLetters(id('utkast')) }),
    'brev: inte framme': () => ({ path: `${paths.lostLetters()}?klart=ordnat` }),
    'brev: hållna efter en återläsning': () => ({ path: `${paths.heldLetters()}?klart=skicka&antal=2` }),
    'brev: skickas igen, för sent': () =>
      post(paths.resendLetter(letterOfPast), {}, 422, paths.letter(letterOfPast)),
    'brev: deltagarens': () => ({ path: `${paths.participant(id('öppet'), participant)}?klart=igen` }),
    'utskick: nytt': () => ({ path: `${paths.newMailing(id('öppet'))}?municipality=0580` }),
    'utskick: till de medverkande': () => ({
      path: `${paths.newMailing(id('öppet'))}?status=speakers`,
    }),
    'utskick: fel': () => post(paths.newMailing(id('öppet')), { subject: '', text: '{namn}', textEn: 'Hi' }),
    'utskick: utkast': () => ({ path: paths.mailing(id('öppet'), mailing) }),
    'utskick: utkast som HTML': () => ({ path: `${paths.mailing(id('öppet'), mailing)}?part=html` }),
    'utskick: ändra': () => ({ path: `${paths.newMailing(id('öppet'))}?mailing=${mailing}` }),
    'utskick: någon annan har ändrat': () =>
      post(
        paths.newMailing(id('öppet')),
        { ...words, status: 'confirmed', mailing: String(mailing), version: '0' },
        409,
        `${paths.newMailing(id('öppet'))}?mailing=${mailing}`,
      ),
    'utskick: prövat': () =>
      post(paths.tryMailing(id('öppet'), mailing), {}, 200, paths.mailing(id('öppet'), mailing)),
    'utskick: mottagarna är andra': () =>
      post(paths.mailing(id('öppet'), mailing), { version: '1', count: '7' }, 409),
    'utskick: ingen mottagare': () => ({ path: paths.mailing(id('fullt'), lonely) }),
    'brev: inga': () => ({ path: `${paths.letters()}?state=bounced` }),
    'brev som text': () => ({ path: paths.letter(letter) }),
    'brev som väntar på sin tur': () => ({ path: paths.letter(overCap) }),
    'brev som HTML': () => ({ path: `${paths.letter(letter)}?part=html` }),
    'brev med kalender': () => ({ path: `${paths.letter(letter)}?part=kalender` }),
    inkommet: () => ({ path: paths.inbox() }),
    'inkommet: klart': () => ({ path: `${paths.inbox()}?state=handled&klart=ja` }),
    'inkommet: inga': () => ({ path: `${paths.inbox()}?state=done` }),
    'inkommet: ett mejl': () => ({ path: paths.inboxMail(mail) }),
    'inkommet: en medverkandes nej': () => ({ path: paths.inboxMail(speakersNo) }),
    'inkommet: ett mejl som hålls': () => post(paths.inboxMail(held), { release: 'ja' }),
    'inkommet: ett mejl som går att släppa': () => ({ path: paths.inboxMail(releasable) }),
    'inkommet: ett klart mejl utan text': () => ({ path: paths.inboxMail(handled) }),
    årshjul: () => ({ path: `${paths.yearWheel()}?ar=2027` }),
    'årshjul: ett tomt år': () => ({ path: `${paths.yearWheel()}?ar=2031` }),
    datumförslag: () => ({ path: `${paths.dateProposals()}?fran=2027-02&langd=7` }),
    'datumförslag: fel': () => ({ path: `${paths.dateProposals()}?fran=2027-02-01&till=x`, status: 422 }),
    'datumförslag: ingen dag': () => ({ path: `${paths.dateProposals()}?fran=2026-01` }),
    'planera året': () => ({ path: `${paths.planYear()}?ar=2028` }),
    'planera året: fel': () =>
      post(`${paths.planYear()}?ar=2028`, { [`take-${id('öppet')}`]: 'ja', [`own-${id('öppet')}`]: 'x' }),
    'planera året: tänk på': () =>
      post(`${paths.planYear()}?ar=2028`, {
        ...{ [`take-${id('öppet')}`]: 'ja', [`title-${id('öppet')}`]: 'Ny dag' },
        [`own-${id('öppet')}`]: '6 jan 2028',
      }),
    'planera året: från satsningen': () => ({ path: `${paths.planYear()}?ar=2030` }),
    'planera året: ett år som har varit': () => ({ path: `${paths.planYear()}?ar=2020` }),
    'året: utkasten är sparade': () => ({ path: `${paths.office()}?ar=2028&klart=planerat&antal=3` }),
    'mata in i efterhand': () => ({ path: paths.recordEvent() }),
    'mata in i efterhand: fel': () =>
      post(paths.recordEvent(), { title: '', date: '2031-02-30', 'plats-0580-chef': 'x', start: '9' }),
    'inmatat i efterhand': () => ({ path: `${paths.recordedEvent(recorded)}?klart=inmatat` }),
    'inmatat i efterhand: någon annan har sparat': () =>
      post(
        paths.recordedEvent(recorded),
        { title: 'Ny rubrik', kind: 'annat', date: '2026-02-12', version: '0' },
        409,
      ),
    'inmatat i efterhand: ta bort': () => ({ path: paths.removeRecorded(recorded) }),
    'inmatat i efterhand: ta bort det som någon har ändrat': () =>
      post(paths.removeRecorded(recorded), { version: '0' }, 409),
    'statistik med inmatat': () => ({ path: `${paths.statistics()}?year=2026` }),
    'evenemangen, något inmatat borttaget': () => ({ path: `${paths.events()}?klart=inmatat-borta` }),
    satsning: () => ({ path: paths.initiative() }),
    'satsning: fel': () => post(paths.initiative(), { version: '1', name: '', since: 'x' }),
    skollov: () => ({ path: paths.schoolBreaks() }),
    'skollov: fel': () => post(paths.schoolBreaks(), { version: '1', breaks: 'Nyköping; lov; 2027-02-22' }),
    avsluta: () => ({ path: paths.closeEvent(id('genomfört')) }),
    'avsluta: går inte': () => post(paths.closeEvent(id('öppet')), {}, 422),
    'avsluta: klart': () => post(paths.closeEvent(id('genomfört')), {}, 200),
    statistik: () => ({ path: paths.statistics() }),
    'statistik: tom': () => ({ path: `${paths.statistics()}?factor=foraldrar` }),
    'statistik: alla år': () => ({ path: `${paths.statistics()}?year=` }),
    'statistik: en del': () => ({
      path: `${paths.statistics()}?from=2026-01-01&to=2027-12-31&mode=digitalt&role=chef&municipality=0580`,
    }),
    logg: () => ({ path: paths.log() }),
    'logg: ett evenemang': () => ({ path: `${paths.log()}?event=${id('öppet')}` }),
    'logg: filtret är tomt': () => ({ path: `${paths.log()}?by=application&kind=mailing&from=x` }),
    'logg: tom': () => ({ path: `${paths.log()}?event=${id('fullt')}` }),
    inställningar: () => ({ path: paths.ownSettings() }),
    'min kalender': () => post(paths.makeCalendar(), {}, 200, paths.ownSettings()),
    'min kalender: gjord': () => ({ path: paths.ownSettings() }),
    'inställningar: fel': () => post(paths.ownSettings(), { version: '0', unit: '', contactEmail: 'x' }),
    'inställningar: någon annan har sparat': () => post(paths.ownSettings(), settings(), 409),
    'inbjudan: fel': () => post(paths.invite(), { name: '', email: 'x' }, 422, paths.ownSettings()),
    'ta bort en organisatör': () => ({ path: paths.removeOrganiser(colleague) }),
    'finns inte': () => ({ path: paths.officeEvent(new Types.ObjectId()), status: 404 }),
    'formulär utan nyckel': () => ({ path: paths.events(), from: paths.home(), fields: {}, status: 403 }),
  };

  for (const [name, state] of Object.entries(states))
    it(name, () => inspect(eyes, app.url, { name, ...state() }, 'sv'));

  it('förhandsvisning på engelska', async () => {
    const path = `${paths.preview(id('öppet'))}?language=en`;
    await inspect(eyes, app.url, { name: 'preview', path }, 'en');
  });
});

describe('The way into the office', () => {
  const open = useBrowser();
  let app: TestApp;
  let eyes: Inspector;
  before(async () => {
    app = await startApp();
    await anAuthority();
    eyes = await inspector(open);
  });
  after(() => app?.close());

  const link = async (browsers?: string[]) => {
    const context = { now: app.clock(), by: {}, settings: app.settings };
    return new URL(await makeLink(context, await anOrganiser(), 15, browsers)).pathname;
  };
  const see = (name: string, state: Omit<State, 'name'>) => inspect(eyes, app.url, { name, ...state }, 'sv');

  it('logga in', () => see('logga in', { path: paths.office() }));
  it('logga in: det som skrevs är kvar', () => see('kvar', { path: `${paths.signIn()}?kvar=ja` }));
  it('logga in: fel', () =>
    see('fel', { path: paths.signIn(), from: paths.signIn(), fields: { email: 'x' }, status: 422 }));
  it('länken är skickad', () =>
    see('skickad', { path: paths.signIn(), from: paths.signIn(), fields: { email: 'nagon@example.se' } }));
  it('länken', async () => see('länken', { path: await link() }));
  it('länken i en annan webbläsare', async () => see('annan webbläsare', { path: await link([]) }));
  it('länken i en annan webbläsare: fel adress', async () => {
    const path = await link([]);
    await see('fel adress', { path, from: path, fields: { email: 'fel@example.se' }, status: 422 });
  });
  it('incheckning, utloggad', () => see('utloggad', { path: paths.checkIn('a'.repeat(40)), status: 403 }));
  it('länken gäller inte', () => see('slut', { path: paths.signInLink('a'.repeat(43)), status: 404 }));
  it('ett tomt kontor', async () => {
    const path = await link();
    await see('året', { path, from: path, fields: {} });
    for (const empty of [
      paths.events(),
      paths.letters(),
      paths.statistics(),
      paths.log(),
      paths.ownSettings(),
    ])
      await see(empty, { path: empty });
  });
  it('ta bort exemplet, av den som är påhittad', async () => {
    await anEvent({ slug: 'exempel', example: true });
    await anOrganiser({ name: 'Eva Exempel', email: 'eva.exempel@example.se', example: true });
    const { _id } = await OrganiserModel.findOne({ example: true }).orFail();
    const context = { now: app.clock(), by: {}, settings: app.settings };
    const path = new URL(await makeLink(context, { _id }, 15)).pathname;
    await see('året med exemplet', { path, from: path, fields: {} });
    const question = paths.removeExample();
    await see('frågan', { path: question });
    await see('utan adress', { path: question, from: question, fields: { email: '' }, status: 422 });
    await see('exemplets sida', { path: paths.event('exempel') });
    await see('listan med exemplet', { path: paths.home() });
  });
});
