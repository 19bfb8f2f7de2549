import { type ActionGroup, actions, type Change, type Entry, ownDeeds } from '../../audit/log.ts';
import { fields } from '../../events/details/details.ts';
import { planChoices } from '../../letters/plan/schedule.ts';
import { questions } from '../../registrations/questions.ts';
import { speakerFields } from '../../speakers/entries/form.ts';
import { listed } from '../../texts/grammar.ts';

/** What the office calls the fields whose change the log tells of. */
const fieldNames = new Map<string, string>([
  ...speakerFields.map(({ name, label }) => [name, label] as const),
  ...fields.map(({ name, label }) => [name, label] as const),
  ...questions.map(({ name, office }) => [name, office] as const),
  ['attended', 'Antal deltagare'],
  ['picture', 'Bild'],
  ['document', 'Dokument'],
]);

/** The answers to choose from, by field. */
const optionNames = new Map([
  ...fields.map(
    ({ name, options = [] }) => [name, new Map(options.map(({ value, label }) => [value, label]))] as const,
  ),
  ['letterPlan', new Map(planChoices.map(({ step, name }) => [step, name]))] as const,
]);

/** What the log can be narrowed to, by the first word of its actions. */
export const groupNames: Record<ActionGroup, string> = {
  event: 'Evenemang',
  registration: 'Anmälningar',
  attendance: 'Närvaro',
  helper: 'Hjälp vid ingången',
  mailing: 'Utskick',
  letter: 'Mejl som skickats igen',
  letters: 'Mejl efter en återläsning',
  mail: 'Inkommande mejl',
  person: 'Raderade personer',
  speaker: 'Medverkande',
  organiser: 'Organisatörer och inloggningar',
  calendar: 'Egna kalendrar',
  settings: 'Inställningar',
  example: 'Exemplet',
};

/** Who did it: a person by name, else the application or a visitor. */
export function doerOf({ by, action }: Entry): string {
  return by ?? (ownDeeds.includes(action) ? 'Boostdagar' : 'En besökare');
}

/** What was done, without to what: "ändrade evenemanget". */
export function deedOf({ action }: Entry): string {
  return actions[action];
}

/** A sentence for each change, and one that names the fields of personal data. */
export function changesOf({ changes = [], fields: personal = [] }: Entry): string[] {
  const names = personal.map((name) => fieldNames.get(name) ?? name);
  return [
    ...changes.map((change) => (change.field === 'session' ? sessionWords(change) : fieldWords(change))),
    ...(names.length > 0 ? [`Ändrat: ${listed(names)}`] : []),
  ];
}

function fieldWords({ field, from, to }: Change): string {
  const name = fieldNames.get(field) ?? field;
  if (!from && !to) return `${name}: ny text`;
  return `${name}: ${quotedValue(field, from)} blev ${quotedValue(field, to)}`;
}

function sessionWords({ from, to }: Change): string {
  if (!from) return `Ny programpunkt: ”${to}”`;
  if (!to) return `Borttagen programpunkt: ”${from}”`;
  return from === to ? `Programpunkten ”${to}” har andra uppgifter` : `Programpunkten ”${from}” blev ”${to}”`;
}

function quotedValue(field: string, value: string): string {
  const options = optionNames.get(field);
  if (!value) return 'tomt';
  return options?.size ? listed(value.split(',').map((one) => options.get(one) ?? one)) : `”${value}”`;
}
