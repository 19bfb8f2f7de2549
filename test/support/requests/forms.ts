import { aForm } from '../builders.ts';

/** The typed answers of a form by kind. `line` and `lines` must be there if they are `needed`, as a name must. */
export type Kind = 'name' | 'line' | 'lines' | 'address' | 'phone' | 'link';
export type Form = { answers: Record<string, string>; typed: Record<string, Kind>; needed?: string[] };

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
  // The address proves who asked: test/office/settings/sign-in.test.ts.
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
  // Stored only if the example goes too: test/office/settings.
  '/kontor/installningar/exempel/ta-bort': 'nothing',
  // Lines with days: test/authorities/school-breaks.test.ts.
  '/kontor/installningar/skollov': 'nothing',
  // Its name and target group are lines like those of a county board: test/office/planning/initiative.test.ts.
  '/kontor/installningar/satsning': 'nothing',
  // Days and sums: test/office/planning/plan-year.test.ts and recorded-event.test.ts.
  '/kontor/planera': 'nothing',
  '/kontor/evenemang/tidigare': 'nothing',
  '/kontor/evenemang/tidigare/:id': 'nothing',
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
  // Answers with the page that shows the link: test/office/entrance/helper.test.ts.
  '/kontor/evenemang/:id/narvaro/hjalpare': 'nothing',
  '/kontor/evenemang/:id/narvaro/hjalpare/:link/ta-bort': 'nothing',
  '/kontor/hjalp/:token': 'nothing',
  '/kontor/in/:token': 'nothing',
  // Only from the event's day on, with the questions of deltagare/ny: test/office/attendance/walk-in.test.ts.
  '/kontor/evenemang/:id/narvaro/utan-anmalan': 'nothing',
  // Files and pasted addresses: test/meeting-reports.
  '/kontor/evenemang/:id/narvaro/rapport': 'nothing',
  '/kontor/evenemang/:id/narvaro/rapport/:report': 'nothing',
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
