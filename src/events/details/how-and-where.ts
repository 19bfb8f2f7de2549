import { body, type ValidationChain } from 'express-validator';
import { plain } from '../../base/form/cleaning.ts';
import { type Field, line, link } from '../../base/form/fields.ts';
import { type Event, usualQueueHours } from '../event.ts';
import { freeOfCharge, isFree } from '../rules.ts';
import { answer, type Detail, text } from './detail.ts';

/** The most seats that can be written. */
const mostSeats = 100_000;

const seats: Detail<Event['seats']> = {
  fields: [
    seatsField({ name: 'seatsPlats', label: 'Platser på plats', rule: seatsRule }),
    seatsField({ name: 'seatsDigitalt', label: 'Platser digitalt', rule: seatsRule, beside: true }),
  ],
  read: (form) => ({
    plats: seatsOf(answer(form, 'seatsPlats')),
    digitalt: seatsOf(answer(form, 'seatsDigitalt')),
  }),
  show: ({ plats, digitalt }) => ({
    seatsPlats: String(plats ?? ''),
    seatsDigitalt: String(digitalt ?? ''),
  }),
  copy: 'kept',
  told: 'promoted',
};

const queueHours: Detail<number> = {
  fields: [
    {
      name: 'queueHours',
      label: 'Väntelistan stänger, timmar före start',
      help: 'Tills dess går en ledig plats till den som står först på väntelistan. Sedan får alla som väntar ett mejl om att det inte blev någon plats. Lämna tomt, så blir det 24 timmar.',
      optional: '(frivilligt)',
      width: 5,
      attributes: { inputmode: 'numeric' },
      rule: (name) =>
        body(name)
          .customSanitizer(plain)
          .custom((typed: string) => typed === '' || (/^\d{1,3}$/.test(typed) && Number(typed) <= 720))
          .withMessage('Skriv antalet timmar som ett heltal från 0 till 720, till exempel 24'),
    },
  ],
  read: (form) => Number(answer(form, 'queueHours') || usualQueueHours),
  show: (value) => ({ queueHours: String(value) }),
  copy: 'kept',
  mayBeUnasked: true,
};

/** How one can attend, where, and what it takes. */
export const howAndWhere = {
  seats,
  queueHours,
  venue: text(
    {
      name: 'venue',
      label: 'Lokal',
      help: 'Byggnad, våning och rum.',
      optional: '(om man kan delta på plats)',
      rule: (name) => line(name, 'Lokalen', 200),
    },
    { told: 'concerned' },
  ),
  address: text(
    {
      name: 'address',
      label: 'Adress',
      help: 'Gata och ort.',
      optional: '(frivilligt)',
      autocomplete: 'off',
      rule: (name) => line(name, 'Adressen', 200),
    },
    { told: 'concerned' },
  ),
  meetingLink: text(
    {
      name: 'meetingLink',
      label: 'Möteslänk',
      help: 'Visas aldrig på webbplatsen. De som deltar digitalt får den i sitt mejl.',
      optional: '(frivilligt)',
      attributes: { inputmode: 'url' },
      autocomplete: 'off',
      rule: (name) => link(name, 'Länken', 1000, 'https://moten.example.se/boostdag'),
    },
    { told: 'concerned', copy: 'emptied' },
  ),
  cost: text(
    {
      name: 'cost',
      label: 'Kostnad',
      help: `Till exempel: ${freeOfCharge}.`,
      rule: (name) => line(name, 'Kostnaden', 200),
    },
    { read: (form) => costIn(answer(form, 'cost')) },
  ),
  accessibility: text({
    name: 'accessibility',
    label: 'Tillgänglighet på plats och digitalt',
    help: 'Till exempel hörslinga, hiss, textning och hur man säger till om sina behov.',
    lines: 3,
    rule: (name) => line(name, 'Texten om tillgänglighet', 1000, true),
  }),
};

function seatsField(field: Field): Field {
  return { ...field, optional: '(frivilligt)', width: 5, attributes: { inputmode: 'numeric' } };
}

function seatsRule(name: string): ValidationChain {
  return body(name)
    .customSanitizer(plain)
    .custom((typed: string) => typed === '' || (/^\d{1,6}$/.test(typed) && Number(typed) <= mostSeats))
    .withMessage(
      'Skriv antalet platser som ett heltal, till exempel 120. Lämna tomt om det inte finns någon gräns',
    );
}

function costIn(typed: string): string {
  return isFree({ cost: typed }) ? freeOfCharge : typed;
}

function seatsOf(typed: string): number | null {
  return typed === '' ? null : Number(typed);
}
