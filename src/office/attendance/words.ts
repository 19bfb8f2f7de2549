import { type Authority, municipalityName } from '../../authorities/authority.ts';
import { inOrder } from '../../authorities/municipalities.ts';
import { otherMunicipality } from '../../authorities/roles.ts';
import type { Mode } from '../../events/event.ts';
import type { Arrivals } from '../../registrations/participants/attendance.ts';
import type { Registration } from '../../registrations/registration.ts';
import { datesIn } from '../../texts/dates.ts';

/** What the list is called for those who attend so, or for all. */
export const headings: Record<Mode | 'alla', string> = {
  plats: 'Närvaro på plats',
  digitalt: 'Närvaro digitalt',
  alla: 'Närvaro',
};

const there: Record<Mode, string> = { plats: 'är här', digitalt: 'är med digitalt' };

/** What has just been marked, in a sentence. */
export function saidOf(person: Registration): string {
  const name = `${person.givenName} ${person.familyName}`;
  if (person.present === null) return `${name} är inte markerad.`;
  if (!person.present) return `${name} är markerad: kom inte.`;
  return `${name} ${there[person.attendedMode ?? person.mode]}${since(person)}.`;
}

/** When somebody was marked as present, if that is known. */
export function since({ presentAt }: Pick<Registration, 'presentAt'>): string {
  return presentAt ? ` sedan klockan ${datesIn('sv').clock(presentAt)}` : '';
}

/** Who has come from where, in the order of the municipalities' names; last those of none of them. */
export function arrivalRows(board: Authority, arrivals: Arrivals[]) {
  const order = [...inOrder(board.municipalities).map(({ code }) => code), otherMunicipality];
  return arrivals
    .toSorted((a, b) => order.indexOf(a.municipality) - order.indexOf(b.municipality))
    .map(({ municipality, ...numbers }) => ({ name: municipalityName(board, municipality), ...numbers }));
}
