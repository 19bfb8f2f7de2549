import type { Response } from 'express';
import { type Event, factorNames, kindNames } from '../../events/event.ts';
import { stepNames } from '../../letters/plan/schedule.ts';
import { sendPage } from '../../web/pages.ts';

type Typed = Record<string, string | string[]>;

/** `now` and `typed`: the form's fields as they stand and as they came; `version` is what stands now. */
type Stale = {
  event?: Event;
  action: string;
  now: Typed;
  typed: Typed;
  version: number;
  names?: Names;
};

/** What stands for the keys that a field of a form sends. */
type Names = Record<string, Record<string, string>>;

/** What the office calls a form's fields. */
const labels: Record<string, string> = {
  title: 'Rubrik',
  kind: 'Vad det är',
  factors: 'Skyddsfaktorer',
  summary: 'Inbjudan',
  audience: 'Vem kan delta?',
  highlights: 'Du får lyssna till',
  date: 'Dag',
  start: 'Börjar',
  end: 'Slutar',
  firstDay: 'Första anmälningsdag',
  lastDay: 'Sista anmälningsdag',
  lastChangeDay: 'Sista dag att ändra',
  lastCancelDay: 'Sista dag att avboka',
  seatsPlats: 'Platser på plats',
  seatsDigitalt: 'Platser digitalt',
  queueHours: 'Väntelistan stänger, timmar före start',
  venue: 'Lokal',
  address: 'Adress',
  meetingLink: 'Möteslänk',
  cost: 'Kostnad',
  accessibility: 'Tillgänglighet',
  contactName: 'Kontaktperson',
  contactEmail: 'E-postadress',
  contactPhone: 'Telefon',
  letterPlan: 'Brev som går av sig själva',
  documentation: 'Dokumentation',
  givenName: 'Förnamn',
  familyName: 'Efternamn',
  email: 'E-postadress',
  organisation: 'Organisation',
  municipality: 'Kommun',
  role: 'Roll',
  mode: 'Deltar',
  waitsFor: 'Väntar på',
  description: 'Text',
  speakerName: 'Medverkande',
  speakerTitle: 'Medverkandes titel',
  speakerOrganisation: 'Medverkandes organisation',
  speakerEmail: 'Medverkandes e-postadress',
  unit: 'Enhet',
  street: 'Gatuadress',
  postal: 'Postnummer och ort',
  organisationNumber: 'Organisationsnummer',
  dataProtectionEmail: 'Dataskyddsombud',
  closingText: 'Text när anmälan har stängt',
};

/** What stands for the keys that a form sends. */
const choices: Names = {
  kind: kindNames,
  factors: factorNames,
  letterPlan: stepNames,
  closingText: { enkel: 'Det går inte längre …', somIdag: 'Det är inte tillåtet …' },
};

/** Somebody saved in between: the page shows what stands now beside what was typed, and lets the organiser choose. */
export function sendStale(res: Response, { now, typed, names, ...rest }: Stale): void {
  const differences = differencesOf(now, typed, names);
  const { version: _version, ...sent } = typed;
  const hidden = hiddenInputs(sent);
  sendPage(
    res,
    'office/parts/edit-conflict',
    {
      title: 'Någon annan har sparat',
      current: rest.event ? 'events' : 'settings',
      error: true,
      ...rest,
      differences,
      hidden,
    },
    409,
  );
}

/** The fields in which two states of a form differ, with their names and their answers in words. */
export function differencesOf(now: Typed, typed: Typed, names = choices) {
  const plain = (name: string, form: Typed) => inWords(name, form, names);
  return Object.keys(typed)
    .filter((name) => name in labels && plain(name, typed) !== plain(name, now))
    .map((name) => ({ name, label: labels[name], now: plain(name, now), typed: plain(name, typed) }));
}

/** What was typed as hidden inputs, to be sent again; the page's own token goes with its form. */
export function hiddenInputs({ csrf: _csrf, ...typed }: Typed): { name: string; value: string }[] {
  return Object.entries(typed).flatMap(([name, value]) =>
    [value ?? []].flat().map((one) => ({ name, value: one })),
  );
}

function inWords(name: string, form: Typed, names: Names): string {
  const words = [form[name] ?? []].flat().map((one) => names[name]?.[one] ?? one);
  return words.filter(Boolean).join(', ').replace(/\r\n?/g, '\n').trim();
}
