import type { Response } from 'express';
import { type Event, factorNames, kindNames } from '../events/event.ts';
import { sendPage } from '../web/pages.ts';

type Typed = Record<string, string | string[]>;

/** `now` and `typed`: the form's fields as they stand and as they came; `version` is what stands now. */
type Stale = { event?: Event; action: string; now: Typed; typed: Typed; version: number };

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
  seatsPlats: 'Platser på plats',
  seatsDigitalt: 'Platser digitalt',
  venue: 'Lokal',
  address: 'Adress',
  meetingLink: 'Möteslänk',
  cost: 'Kostnad',
  accessibility: 'Tillgänglighet',
  contactName: 'Kontaktperson',
  contactEmail: 'E-postadress',
  contactPhone: 'Telefon',
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
const choices: Record<string, Record<string, string>> = {
  kind: kindNames,
  factors: factorNames,
  closingText: { enkel: 'Det går inte längre …', somIdag: 'Det är inte tillåtet …' },
};

/** Somebody saved in between: the page shows what stands now beside what was typed, and lets the organiser choose. */
export function sendStale(res: Response, { now, typed, ...rest }: Stale): void {
  const fields = Object.keys(typed).filter((name) => name in labels);
  const differences = fields
    .filter((name) => plain(name, typed) !== plain(name, now))
    .map((name) => ({ label: labels[name], now: plain(name, now), typed: plain(name, typed) }));
  const { csrf: _csrf, version: _version, ...sent } = typed;
  const hidden = Object.entries(sent).flatMap(([name, value]) =>
    [value].flat().map((one) => ({ name, value: one })),
  );
  sendPage(
    res,
    'office/stale',
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

function plain(name: string, form: Typed): string {
  const words = [form[name] ?? []].flat().map((one) => choices[name]?.[one] ?? one);
  return words.filter(Boolean).join(', ').replace(/\r\n?/g, '\n').trim();
}
