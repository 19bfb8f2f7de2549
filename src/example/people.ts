import { randomUUID } from 'node:crypto';
import { Types } from 'mongoose';
import type { Authority, Municipality } from '../authorities/authority.ts';
import { otherMunicipality, type Role } from '../authorities/roles.ts';
import { normalisedAddress } from '../base/form/addresses.ts';
import type { Event } from '../events/event.ts';
import { offeredModes } from '../events/rules.ts';
import { exampleAnswers } from '../registrations/answers.ts';
import type { Registration } from '../registrations/registration.ts';
import { searchWords } from '../registrations/search.ts';

const givenNames =
  'Aida Alva Amir Anders Annika Astrid Bengt Birgitta Carina Dalia Elin Emil Farid Fatima Gunilla Hanna Henrik Ida Ingrid Jamila Jesper Johan Karin Karim Kerstin Lars Leila Linnea Malin Maria Mattias Mona Nils Olof Patrik Petra Rasmus Sara Selma Sofia Stefan Susanne Tomas Ulrika Viktor Yasmin Åke Åsa Örjan'.split(
    ' ',
  );
const familyNames =
  'Abdi Ahl Alm Berg Björk Bodin Dahl Ek Eklund Falk Fors Gran Grönlund Hage Hedin Holm Hultén Isaksson Kjell Lilja Lind Lindell Lundin Malm Moberg Norling Nyman Palm Quist Rask Rosén Rydell Sandin Sjö Skog Strand Sund Söder Tall Thorn Uddén Vallin Vik Wallin Ydén Zander Åberg Åström Ödman Öberg'.split(
    ' ',
  );

/** Chances by the same seed in the same order, so that every example county is alike. */
export type Dice = () => number;

/** A small generator of numbers from 0 to 1 (mulberry32). */
export function diceOf(seed: number): Dice {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One of a list. */
function pick<T>(dice: Dice, list: readonly T[]): T {
  return list[Math.floor(dice() * list.length)] as T;
}

/** An invented person with an address at example.se; `number` keeps addresses apart. */
function inventPerson(dice: Dice, number: number): { givenName: string; familyName: string; email: string } {
  const givenName = pick(dice, givenNames);
  const familyName = pick(dice, familyNames);
  const plain = `${givenName}.${familyName}`.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
  return { givenName, familyName, email: normalisedAddress(`${plain}.${number}@example.se`) ?? '' };
}

const day = 24 * 3600_000;

/**
 * One who has signed up, and where the event is over came or did not. The first come from one municipality each; of
 * a coming event four municipalities have nobody yet, so that there is something to do.
 */
export function inventRegistration(
  { event, authority, now }: { event: Event; authority: Authority; now: Date },
  number: number,
  dice: Dice,
): Registration {
  const over = event.end <= now;
  const municipality = pickMunicipality(authority.municipalities.slice(over ? 0 : 4), number, dice);
  const signedUp = new Date(Math.min(+now, +event.closesAt) - Math.floor((0.02 + dice() * 0.9) * 17 * day));
  const registration: Omit<Registration, 'search' | 'attendedMode'> = {
    ...exampleAnswers(number),
    ...inventPerson(dice, number),
    _id: new Types.ObjectId(),
    event: event._id,
    authority: authority._id,
    status: 'confirmed',
    waitsFor: [],
    waitingSince: null,
    organisation: municipality?.fullName ?? `Region ${authority.county}`,
    municipality: municipality?.code ?? otherMunicipality,
    role: pick(dice, mostlyOfficers),
    mode: pick(dice, offeredModes(event)),
    language: 'sv',
    uid: `${randomUUID()}@example.se`,
    sequence: 0,
    createdAt: signedUp,
    changedAt: signedUp,
    cancelledAt: null,
    present: over ? dice() < 0.78 : null,
    presentAt: over ? event.start : null,
    remindedAt: null,
    example: true,
  };
  const { present, mode } = registration;
  const attendedMode = present ? mode : null;
  return { ...registration, attendedMode, search: searchWords(registration, authority) };
}

const mostlyOfficers: Role[] = [
  ...([
    'fortroendevald',
    'fortroendevald',
    'chef',
    'chef',
    'strategisk-tjansteperson',
    'strategisk-tjansteperson',
  ] as const),
  ...(['tjansteperson', 'tjansteperson', 'tjansteperson', 'tjansteperson', 'annan'] as const),
];

/** One from each municipality first, then more from the larger ones, and a few from elsewhere. */
function pickMunicipality(all: Municipality[], number: number, dice: Dice): Municipality | undefined {
  if (number < all.length) return all[number];
  if (dice() < 0.06) return undefined;
  const large = all.filter(({ name }) =>
    ['Linköping', 'Norrköping', 'Motala', 'Eskilstuna', 'Nyköping'].includes(name),
  );
  return pick(dice, dice() < 0.6 ? large : all);
}
