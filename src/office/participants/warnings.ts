import { hasDeclined } from '../../registrations/changes/calendar-answer.ts';
import type { Registration } from '../../registrations/registration.ts';
import { datesIn } from '../../texts/dates.ts';
import type { State } from '../parts/event-state.ts';

/** Something to know about a participant: in a word, and what to do about it. */
export type Remark = { tag: State; text: string };

/** What has come back about a participant who still has a place, or waits for one. */
export function remarksOn(registration: Registration): Remark[] {
  if (registration.status === 'cancelled') return [];
  return [...bounceRemark(registration), ...declineRemark(registration)];
}

function bounceRemark({ bouncedAt }: Registration): Remark[] {
  if (!bouncedAt) return [];
  const since = datesIn('sv').stamp(bouncedAt);
  return [
    {
      tag: { text: 'Adressen tar inte emot mejl', color: 'danger' },
      text: `Ett mejl kom inte fram ${since}, och inga påminnelser går dit. Fråga personen efter rätt adress och ändra den här. Stämmer den: skicka ett av mejlen nedan igen, så prövar vi adressen på nytt.`,
    },
  ];
}

function declineRemark(registration: Registration): Remark[] {
  if (!registration.answer || !hasDeclined(registration)) return [];
  const { at, alias } = registration.answer;
  const from = alias ? ` från ${alias}, inte från den anmälda adressen` : '';
  return [
    {
      tag: { text: alias ? 'Nej från en annan adress' : 'Har tackat nej i sin kalender', color: 'warning' },
      text: `Svaret kom ${datesIn('sv').stamp(at)}${from}. Platsen är kvar tills personen avbokar, eller ni gör det.`,
    },
  ];
}
