import type { Request } from 'express';
import type { Context } from '../../base/context.ts';
import { lookUp } from '../../base/form/look-up.ts';
import { paths } from '../../base/paths.ts';
import type { Event } from '../../events/event.ts';
import { lettersLeave } from '../../outbox/outbox.ts';
import { seatedAmong } from '../../registrations/participants/participants.ts';
import { questions } from '../../registrations/questions.ts';
import { byNumber, capital, counted, listed, people } from '../../texts/grammar.ts';
import { alsoChanged } from './edit-conflict.ts';
import { asked, withQuery } from './query-string.ts';

/** What was done with a participant, by the word in the address; `letter`: what letter goes about it. */
const done = {
  anmald: { text: 'Deltagaren är anmäld.', letter: 'en bekräftelse' },
  inskriven: { text: 'Deltagaren är inskriven. Evenemanget är över, så inget mejl skickas.' },
  vantar: { text: 'Deltagaren står på väntelistan.', letter: 'ett mejl om det' },
  andrad: { text: 'Uppgifterna är ändrade. Inget mejl behövs.' },
  andradMedBrev: { text: 'Uppgifterna är ändrade.', letter: 'ett mejl om det' },
  avbokad: { text: 'Deltagaren är avbokad.', letter: 'ett mejl om det' },
  raderad: { text: 'Personen är raderad. Det som räknas i statistiken är kvar utan namn.' },
  borttagen: { text: 'Personen står inte längre på väntelistan.', letter: 'ett mejl om det' },
  plats: { text: 'Deltagaren har fått en plats.', letter: 'en inbjudan' },
} satisfies Record<string, { text: string; letter?: string }>;
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
export async function happenedIn(req: Request, event: Event, context: Context): Promise<string | undefined> {
  const klart = asked(req, 'klart');
  const leave = lettersLeave(context, event);
  if (klart === 'avbokade') return manyCancelled(req, toldWords('Var och en', 'ett mejl om det', leave));
  if (klart === 'avbokadeUtanBrev') return manyCancelled(req, 'Inga mejl skickas till dem.');
  const act: { text: string; letter?: string } | undefined = lookUp(done, klart);
  if (!act) return undefined;
  const told = act.letter ? toldWords('Deltagaren', act.letter, leave) : '';
  const names = await seatedIn(req, event);
  const who = listed(names);
  if (klart === 'plats' && names.length > 0) return `${who} har fått en plats. ${told}`;
  const seat = `${byNumber(names.length, 'Platsen', 'Platserna')} gick till ${who}, som stod först på väntelistan.`;
  const said = act.text + alsoChanged(asked(req, 'samtidigt'), labelled);
  return [said, told, ...(names.length > 0 ? [seat] : [])].filter(Boolean).join(' ');
}

const labelled = questions.map(({ name, office }) => ({ name, label: office }));

/**
 * What pages say of the letters of an event or to a speaker. `leaves`: they are sent; `unsent` says why they are only kept; `mailTo` that
 * somebody gets one.
 */
export function mailWords(context: Context, about: { example?: boolean }) {
  const leaves = lettersLeave(context, about);
  const why = context.settings.smtpUrl ? 'Det här är ett exempel.' : 'Tjänsten har ingen e-postserver.';
  return {
    leaves,
    unsent: leaves ? '' : `${why} Mejlen sparas här och skickas inte.`,
    mailTo: (who: string, letter: string) => toldWords(who, letter, leaves),
  };
}

/** That somebody gets a letter; without a mail server it is only kept. */
export function toldWords(who: string, letter: string, leave: boolean): string {
  return leave ? `${who} får ${letter}.` : `${capital(letter)} sparas, men skickas inte.`;
}

function manyCancelled(req: Request, told: string): string {
  const [number, promoted] = [Number(asked(req, 'number')), Number(asked(req, 'promoted'))];
  const gone = `${people(number)} är ${byNumber(number, 'avbokad', 'avbokade')}.`;
  const seats = `${counted(promoted, 'plats', 'platser')} gick till dem som stod först på väntelistan.`;
  return [gone, told, ...(promoted > 0 ? [seats] : [])].join(' ');
}

async function seatedIn(req: Request, event: Event): Promise<string[]> {
  const ids = (asked(req, 'seated') ?? '').split(',').filter(Boolean);
  return seatedAmong(event._id, ids);
}
