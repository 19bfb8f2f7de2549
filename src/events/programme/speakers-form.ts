import { holdsPersonalNumber, normalisedAddress } from '../../base/form/addresses.ts';
import { tidy } from '../../base/form/fields.ts';
import type { Speaker } from '../event.ts';

/** A question about each speaker: its field in the form, which comes once for each, and what it is about. */
type SpeakerField = { part: keyof Speaker; name: string; label: string; note?: string; beside?: boolean };

/** The questions about a speaker, in the order of `Speaker`. */
export const speakerFields: SpeakerField[] = [
  { part: 'name', name: 'speakerName', label: 'Namn' },
  { part: 'title', name: 'speakerTitle', label: 'Titel', beside: true },
  { part: 'organisation', name: 'speakerOrganisation', label: 'Organisation' },
  { part: 'email', name: 'speakerEmail', label: 'E-postadress', note: '(visas inte)', beside: true },
];

/** The speakers as they were typed, row by row; empty rows too. */
export function speakerRows(form: Record<string, unknown>): Speaker[] {
  const columns = speakerFields.map(({ name }) => [form[name] ?? []].flat());
  const count = Math.min(20, Math.max(...columns.map((column) => column.length)));
  return Array.from({ length: count }, (_row, row) => {
    const [name = '', title = '', organisation = '', email = ''] = columns.map((column) => tidy(column[row]));
    return { name, title, organisation, email };
  });
}

/** What is wrong with the rows: messages by `<field>-<row>`, rows counted from 1, as the page's ids. */
export function speakerErrors(rows: Speaker[]): Record<string, string> {
  return Object.fromEntries(
    rows.flatMap((row, index) =>
      speakerFields.flatMap(({ part, name }) => {
        const message = wrong(row, part);
        return message ? [[`${name}-${index + 1}`, message]] : [];
      }),
    ),
  );
}

function wrong(row: Speaker, part: keyof Speaker): string | undefined {
  const typed = row[part];
  if (part === 'name' && !typed && isFilled(row)) return 'Skriv vem som talar, till exempel Elin Sandbäck';
  if (typed.length > 150) return `Svaret får ha högst 150 tecken. Du har skrivit ${typed.length}.`;
  if (part === 'email')
    return typed && !normalisedAddress(typed)
      ? 'Skriv en e-postadress med @ och punkt, till exempel namn@example.se'
      : undefined;
  return holdsPersonalNumber(typed)
    ? 'Det ser ut som ett personnummer. Ta bort det, vi behöver det inte.'
    : undefined;
}

/** True if something is typed in the row. */
export function isFilled(row: Speaker): boolean {
  return Object.values(row).some((typed) => typed !== '');
}

/** Its speakers as the form's repeated fields. */
export function speakerValues(speakers: Speaker[]): Record<string, string[]> {
  return Object.fromEntries(
    speakerFields.map(({ part, name }) => [name, speakers.map((speaker) => speaker[part])]),
  );
}
