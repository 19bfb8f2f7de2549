import type { Request } from 'express';
import type { Option } from '../../base/form/fields.ts';
import { type Follow, type Followers, usualFollow } from '../../events/planning/follow.ts';
import { datesIn } from '../../texts/dates.ts';
import { counted, listed } from '../../texts/grammar.ts';

/** What came of the question what moves along: `followAsked` says that it was asked, `follow` what does. */
export function followIn({ body }: Request): Follow | undefined {
  if (!body.followAsked) return undefined;
  const ticked = [body.follow ?? []].flat();
  return { days: ticked.includes('dagar'), programme: ticked.includes('program') };
}

const dayNames = {
  closesAt: 'sista anmälningsdag',
  changeUntil: 'sista dag att ändra',
  cancelUntil: 'sista dag att avboka',
};

/** The boxes that ask what moves along; none if nothing does. */
export function followQuestions({ days, programme }: Followers): Option[] {
  const { lastDay } = datesIn('sv');
  const each = days.map(({ name, after }) => `${dayNames[name]} blir ${lastDay(after)}`);
  const [only] = days;
  const what = only && days.length === 1 ? dayNames[only.name] : 'de sista dagarna';
  const movesDays = { value: 'dagar', label: `Flytta ${what} också`, help: `I så fall: ${listed(each)}.` };
  return [...(only ? [movesDays] : []), ...(programme ? [movesProgramme(programme)] : [])];
}

function movesProgramme({ minutes, fits }: NonNullable<Followers['programme']>): Option {
  const way = minutes < 0 ? ' tidigare' : '';
  const help = fits
    ? 'Annars ligger det utanför evenemangets nya tid.'
    : 'Det ryms inte i den nya tiden i vilket fall, så se över det efteråt.';
  return { value: 'program', label: `Flytta programmet ${inWords(Math.abs(minutes))}${way} också`, help };
}

/** The boxes that are ticked: as answered, else what makes sense. */
export function followValues(followers: Followers, answered: Follow | undefined): string[] {
  const { days, programme } = answered ?? usualFollow(followers);
  return [...(days ? ['dagar'] : []), ...(programme ? ['program'] : [])];
}

/** "4 timmar", "45 minuter", "1 timme och 30 minuter". */
function inWords(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  const parts = [
    ...(hours > 0 ? [counted(hours, 'timme', 'timmar')] : []),
    ...(rest > 0 ? [counted(rest, 'minut', 'minuter')] : []),
  ];
  return listed(parts);
}
