import type { Role } from '../authorities/roles.ts';
import { normalisedAddress } from '../base/people.ts';

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
export function pick<T>(dice: Dice, list: readonly T[]): T {
  return list[Math.floor(dice() * list.length)] as T;
}

/** An invented person with an address at example.se; `number` keeps addresses apart. */
export function inventPerson(
  dice: Dice,
  number: number,
): { givenName: string; familyName: string; email: string } {
  const givenName = pick(dice, givenNames);
  const familyName = pick(dice, familyNames);
  const plain = `${givenName}.${familyName}`.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
  return { givenName, familyName, email: normalisedAddress(`${plain}.${number}@example.se`) ?? '' };
}

/** Mostly officers, fewer elected representatives and managers. */
export function pickRole(dice: Dice): Role {
  return pick(dice, [
    'fortroendevald',
    'chef',
    'chef',
    'strategisk-tjansteperson',
    'strategisk-tjansteperson',
    'tjansteperson',
    'tjansteperson',
    'tjansteperson',
    'tjansteperson',
    'fortroendevald',
    'annan',
  ]);
}
