import type { Request } from 'express';
import { lookUp } from '../../base/form/look-up.ts';
import { paths } from '../../base/paths.ts';
import type { Event } from '../../events/event.ts';
import { seatedAmong } from '../../registrations/participants/participants.ts';
import { questions } from '../../registrations/questions.ts';
import { byNumber, counted, listed, people } from '../../texts/grammar.ts';
import { alsoChanged } from './edit-conflict.ts';
import { asked, withQuery } from './query-string.ts';

/** What was done with a participant, by the word in the address. */
const done = {
  anmald: 'Deltagaren är anmäld. Ett brev med bekräftelsen är skrivet.',
  inskriven: 'Deltagaren är inskriven. Evenemanget är över, så inget brev skickas.',
  vantar: 'Deltagaren står på väntelistan. Ett brev om det är skrivet.',
  andrad: 'Uppgifterna är ändrade. Inget mejl behövs.',
  andradMedBrev: 'Uppgifterna är ändrade. Brevet om det är skrivet.',
  avbokad: 'Deltagaren är avbokad. Ett brev som säger det är skrivet.',
  raderad: 'Personen är raderad. Det som räknas i statistiken är kvar utan namn.',
  borttagen: 'Personen står inte längre på väntelistan. Ett brev som säger det är skrivet.',
  plats: 'Platsen är given. Ett brev med inbjudan är skrivet.',
};
type Done = keyof typeof done;

/** The address after an act: the list, which says what was done, who got the seat that it freed, and what somebody else changed meanwhile. */
export function listAfter(
  event: Event,
  klart: Done,
  promoted: Event['_id'][] = [],
  theirs: string[] = [],
): string {
  const answers = {
    klart,
    seated: promoted.join(',') || undefined,
    samtidigt: theirs.join(',') || undefined,
  };
  return withQuery(paths.participants(event._id), answers);
}

/** How many were cancelled together, who got their seats, and whether they were told. */
type Many = { cancelled: object[]; promoted: Event['_id'][]; isTold: boolean };

/** The same after an act on many. */
export function listAfterMany(event: Event, { cancelled, promoted, isTold }: Many): string {
  const klart = isTold ? 'avbokade' : 'avbokadeUtanBrev';
  const numbers = { number: cancelled.length, promoted: promoted.length };
  return withQuery(paths.participants(event._id), { klart, ...numbers });
}

/** What the list says of an act; undefined where the address tells of none. */
export async function happenedIn(req: Request, event: Event): Promise<string | undefined> {
  const klart = asked(req, 'klart');
  if (klart === 'avbokade' || klart === 'avbokadeUtanBrev') return manyCancelled(req, klart === 'avbokade');
  const told = lookUp(done, klart);
  if (!told) return undefined;
  const said = told + alsoChanged(asked(req, 'samtidigt'), labelled);
  const names = await seatedIn(req, event);
  if (names.length === 0) return said;
  const who = listed(names);
  if (klart === 'plats') return `${who} har fått en plats. Ett brev med inbjudan är skrivet.`;
  const seat = byNumber(names.length, 'Platsen', 'Platserna');
  return `${said} ${seat} gick till ${who}, som stod först på väntelistan.`;
}

const labelled = questions.map(({ name, office }) => ({ name, label: office }));

function manyCancelled(req: Request, isTold: boolean): string {
  const [number, promoted] = [Number(asked(req, 'number')), Number(asked(req, 'promoted'))];
  const gone = `${people(number)} är ${byNumber(number, 'avbokad', 'avbokade')}.`;
  const told = isTold ? 'Brev som säger det är skrivna.' : 'Inga brev skickas till dem.';
  const seats = `${counted(promoted, 'plats', 'platser')} gick till dem som stod först på väntelistan.`;
  return [gone, told, ...(promoted > 0 ? [seats] : [])].join(' ');
}

async function seatedIn(req: Request, event: Event): Promise<string[]> {
  const ids = (asked(req, 'seated') ?? '').split(',').filter(Boolean);
  return seatedAmong(event._id, ids);
}
