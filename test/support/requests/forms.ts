import type { Event } from '../../../src/events/event.ts';
import { draftFromAddresses } from '../../../src/meeting-reports/draft.ts';
import { recordedOf } from '../../../src/registrations/recorded/form.ts';
import { recordEvent } from '../../../src/registrations/recorded/record.ts';
import { aForm, anAuthority, monday } from '../builders.ts';
import { organiserAt } from '../contexts.ts';

/** The typed answers of a form by kind. `line` and `lines` must be there if they are `needed`, as a name must. */
export type Kind =
  | ('name' | 'line' | 'lines' | 'address' | 'phone' | 'link')
  | ('number' | 'day' | 'time' | 'table');

/** A form: what is answered, which of it is typed, and which of that must be there. In names, `:id` is the event's. */
export type Form = {
  answers: Record<string, string>;
  typed: Record<string, Kind>;
  needed?: string[];
  query?: string;
  /** When the form can be sent, if that is not before the event's day. */
  at?: Date;
  /** What must be there first. @returns what stands in the form's address for it */
  given?: (event: Event) => Promise<Record<string, string>>;
  /** True if a page comes at once, and no redirect. */
  answersWithPage?: boolean;
};

const person: Form = {
  answers: aForm({ email: 'ny@example.se' }),
  typed: { givenName: 'name', familyName: 'name', organisation: 'line', email: 'address' },
  needed: ['givenName', 'familyName', 'organisation', 'email'],
};
const { email: _email, ...changed } = person.typed;
const signInForm: Form = {
  answers: { email: 'maja.lindgren@example.se' },
  typed: { email: 'address' },
  needed: ['email'],
};
const details: Form = {
  answers: {
    ...{ title: 'Rubrik', kind: 'boostdag', date: '2027-02-11', start: '09:00', end: '12:00' },
    ...{
      lastDay: '2027-01-31',
      summary: 'Inbjudan',
      audience: 'Alla',
      highlights: 'Forskning',
      venue: 'Sal',
    },
    ...{ address: 'Gatan 1', meetingLink: 'https://example.se/a', seatsPlats: '', seatsDigitalt: '' },
    ...{
      cost: '100 kronor',
      accessibility: 'Hiss',
      documentation: 'Bilder https://example.se/b',
      version: '1',
    },
    ...{ contactName: 'Maja', contactEmail: 'maja@example.se', contactPhone: '010-000 00 00' },
  },
  typed: {
    ...{ title: 'line', summary: 'lines', audience: 'lines', highlights: 'lines', venue: 'line' },
    ...{ address: 'line', meetingLink: 'link', cost: 'line', accessibility: 'lines', contactName: 'line' },
    ...{ date: 'day', start: 'time', end: 'time', lastDay: 'day' },
    ...{ contactEmail: 'address', contactPhone: 'phone' },
  },
  needed: ['title'],
};

const speaker: Form = {
  answers: {
    ...{ name: 'Elin Sandbäck', title: 'lektor', organisation: 'Skolan', email: 'elin@example.se' },
    ...{ phone: '010-000 00 00', language: 'sv', text: 'Om', textEn: 'About', needs: 'Skärm', version: '1' },
  },
  typed: {
    ...{ name: 'name', title: 'line', organisation: 'line', email: 'address', phone: 'phone' },
    ...{ text: 'lines', textEn: 'lines', needs: 'lines' },
  },
  needed: ['name'],
};

const { email: _needed, ...typedAtEntrance } = person.typed;
const recorded: Form = {
  answers: {
    ...{ title: 'Barns fritid', kind: 'boostdag', date: '2026-02-12', start: '09:00', end: '12:00' },
    ...{ 'plats-0580-chef': '12', version: '1' },
  },
  typed: { title: 'line', date: 'day', start: 'time', end: 'time', 'plats-0580-chef': 'number' },
  needed: ['title', 'date'],
};

/** Every address that takes a form with typed answers, and what is typed there; `nothing` where only buttons are. */
export const forms: Record<string, Form | 'nothing'> = {
  '/evenemang/:slug/anmalan': person,
  '/anmalan/ny-lank': signInForm,
  // Only before sign-up opens: test/site/event/reminder.test.ts.
  '/evenemang/:slug/paminn': 'nothing',
  '/paminn-mig/:token': 'nothing',
  '/anmalan/:token': { ...person, typed: changed, needed: Object.keys(changed) },
  '/anmalan/:token/avboka': 'nothing',
  '/delta/:token': 'nothing',
  '/anmalan/:token/igen': 'nothing',
  '/anmalan/:token/kvar': 'nothing',
  '/anmalan/:token/paminnelser': 'nothing',
  '/anmalan/:token/paminnelser/igen': 'nothing',
  '/kontor/logga-in': signInForm,
  // The address proves who asked, and wrong ones end the link: test/office/settings/sign-in.test.ts.
  '/kontor/logga-in/:token': 'nothing',
  '/kontor/logga-ut': 'nothing',
  '/kontor/logga-ut-overallt': 'nothing',
  '/kontor/skrivet/:form/ta-bort': 'nothing',
  '/kontor/evenemang/nytt': details,
  '/kontor/evenemang/:id': details,
  '/kontor/evenemang/:id/program': {
    answers: {
      ...{ start: '09:00', end: '09:30', title: 'Samtal', description: 'Text', version: '1' },
      ...{ room: 'Stora salen', responsible: 'Bo Ek', technique: 'Mikrofon', notes: 'Nycklar' },
      ...{ speakerName: 'Elin Sandbäck', speakerTitle: 'lektor', speakerOrganisation: 'Skolan' },
      speakerEmail: 'elin@example.se',
    },
    typed: {
      ...{ title: 'line', description: 'lines', speakerName: 'name', speakerTitle: 'line' },
      ...{ room: 'line', responsible: 'line', technique: 'lines', notes: 'lines' },
      ...{ speakerOrganisation: 'line', speakerEmail: 'address' },
    },
    needed: ['title', 'speakerName'],
  },
  // Lines that are stored only with a file: test/office/files/page.test.ts.
  '/kontor/evenemang/:id/dokument': 'nothing',
  '/kontor/evenemang/:id/dokument/bild': 'nothing',
  '/kontor/evenemang/:id/publicera': 'nothing',
  '/kontor/evenemang/:id/stall-in': {
    answers: { reason: 'Sjukdom' },
    typed: { reason: 'line' },
    needed: ['reason'],
  },
  '/kontor/evenemang/:id/ta-bort': 'nothing',
  '/kontor/evenemang/:id/kopiera': 'nothing',
  '/kontor/installningar': {
    answers: {
      ...{ unit: 'Enheten', street: 'Gatan 1', postal: '581 86 Linköping', version: '1' },
      ...{ organisationNumber: '202100-2270', contactEmail: 'a@example.se', contactPhone: '010-000 00 00' },
      ...{ dataProtectionEmail: 'b@example.se', closingText: 'enkel' },
    },
    typed: {
      ...{ unit: 'line', street: 'line', postal: 'line', contactEmail: 'address', contactPhone: 'phone' },
      dataProtectionEmail: 'address',
    },
    needed: ['unit', 'street', 'postal', 'contactEmail', 'dataProtectionEmail'],
  },
  '/kontor/installningar/organisatorer': {
    answers: { name: 'Bo Ek', email: 'bo.ek@example.se' },
    typed: { name: 'name', email: 'address' },
    needed: ['name', 'email'],
  },
  '/kontor/installningar/organisatorer/:id/ta-bort': 'nothing',
  '/kontor/installningar/inloggningar/:id/logga-ut': 'nothing',
  // Only an invented organiser is asked, whose example goes with it: test/office/settings/example.test.ts.
  '/kontor/installningar/exempel/ta-bort': 'nothing',
  '/kontor/installningar/skollov': {
    answers: { breaks: 'Linköping; sportlov; 2027-02-22; 2027-02-26', version: '1' },
    // An empty list is an answer too.
    typed: { breaks: 'table' },
  },
  '/kontor/installningar/satsning': {
    answers: {
      ...{ name: 'Unga i länet', targetGroup: 'Alla unga', factors: 'fritid' },
      ...{ daysAYear: '2', since: '2027', until: '2029', version: '1' },
    },
    typed: { name: 'line', targetGroup: 'line', daysAYear: 'number', since: 'number', until: 'number' },
    needed: ['name', 'daysAYear', 'since'],
  },
  '/kontor/planera': {
    query: '?ar=2028',
    answers: { 'take-:id': 'ja', 'title-:id': 'Skolan som skydd', 'own-:id': '2028-02-10' },
    typed: { 'title-:id': 'line', 'own-:id': 'day' },
    needed: ['title-:id', 'own-:id'],
  },
  '/kontor/evenemang/tidigare': recorded,
  '/kontor/evenemang/tidigare/:id': { ...recorded, given: aRecordedEvent },
  '/kontor/evenemang/tidigare/:id/ta-bort': 'nothing',
  '/kontor/installningar/kalender': 'nothing',
  '/kontor/installningar/kalender/ta-bort': 'nothing',
  '/kontor/evenemang/:id/deltagare/ny': person,
  '/kontor/evenemang/:id/deltagare/:registration': person,
  '/kontor/evenemang/:id/deltagare/:registration/avboka': 'nothing',
  '/kontor/evenemang/:id/deltagare/:registration/ge-plats': 'nothing',
  '/kontor/evenemang/:id/deltagare/:registration/radera': 'nothing',
  '/kontor/evenemang/:id/deltagare/avboka': 'nothing',
  '/kontor/evenemang/:id/narvaro': 'nothing',
  '/kontor/evenemang/:id/narvaro/lista': 'nothing',
  '/kontor/evenemang/:id/narvaro/avsluta': 'nothing',
  '/kontor/evenemang/:id/narvaro/hjalpare': {
    answers: { name: 'Kim Ek' },
    typed: { name: 'name' },
    needed: ['name'],
    answersWithPage: true,
  },
  '/kontor/evenemang/:id/narvaro/hjalpare/:link/ta-bort': 'nothing',
  '/kontor/hjalp/:token': 'nothing',
  '/kontor/in/:token': 'nothing',
  '/kontor/evenemang/:id/narvaro/utan-anmalan': {
    ...person,
    needed: Object.keys(typedAtEntrance),
    at: new Date('2027-02-11T07:52:00Z'),
  },
  // Files: test/meeting-reports.
  '/kontor/evenemang/:id/narvaro/rapport': {
    answers: { addresses: 'gast@example.se' },
    typed: { addresses: 'lines' },
  },
  '/kontor/evenemang/:id/narvaro/rapport/:report': {
    answers: { threshold: '90', 'address-0': 'asa.oberg@example.se', 'people-0': '12' },
    typed: { threshold: 'number', 'address-0': 'address', 'people-0': 'number' },
    given: aReport,
  },
  // Each column has a list to choose from.
  '/kontor/evenemang/:id/narvaro/rapport/:report/kolumner': 'nothing',
  '/kontor/evenemang/:id/narvaro/rapport/angra': 'nothing',
  '/kontor/evenemang/:id/utkast': 'nothing',
  '/kontor/evenemang/:id/utskick': {
    answers: { subject: 'Ämne', text: 'Text', subjectEn: 'Subject', textEn: 'Text', status: 'confirmed' },
    typed: { subject: 'line', text: 'lines', subjectEn: 'line', textEn: 'lines' },
    needed: ['subject', 'text'],
  },
  '/kontor/evenemang/:id/utskick/:mailing': 'nothing',
  '/kontor/evenemang/:id/utskick/:mailing/prova': 'nothing',
  '/kontor/evenemang/:id/utskick/:mailing/ta-bort': 'nothing',
  '/medverkan/:speaker': {
    answers: {
      ...{ answer: 'ja', title: 'Rubrik', description: 'Text', titleEn: 'Title', descriptionEn: 'Words' },
      ...{ biography: 'Om mig', needs: 'Skärm' },
    },
    typed: {
      ...{ title: 'line', description: 'lines', titleEn: 'line', descriptionEn: 'lines' },
      ...{ biography: 'lines', needs: 'lines' },
    },
  },
  '/kontor/medverkande': speaker,
  '/kontor/evenemang/:id/medverkande/bjud-in': 'nothing',
  '/kontor/evenemang/:id/medverkande/:engagement': 'nothing',
  '/kontor/medverkande/:id': speaker,
  '/kontor/medverkande/:id/radera': 'nothing',
  '/kontor/medverkande/:id/sla-ihop/:other': 'nothing',
  '/kontor/brev/hallna': 'nothing',
  '/kontor/brev/:id/igen': 'nothing',
  '/kontor/brev/:id/klart': 'nothing',
  '/kontor/inkommet/:id': 'nothing',
};

/** Those with typed answers, each with its address. */
export const typedForms = Object.entries(forms).flatMap(([path, form]) =>
  form === 'nothing' ? [] : [{ path, ...form }],
);

async function aRecordedEvent() {
  const board = await anAuthority();
  const before = recordedOf(recorded.answers, board);
  return { id: String((await recordEvent(organiserAt(monday), board._id, before))._id) };
}

async function aReport(event: Event) {
  const report = await draftFromAddresses(organiserAt(monday), event, 'gast@example.se');
  return { report: String(report._id) };
}
