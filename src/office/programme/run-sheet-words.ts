import type { Event, Session } from '../../events/event.ts';
import { offeredModes, venueOf } from '../../events/rules.ts';
import { needsAt } from '../../speakers/engagements/needs.ts';
import { datesIn } from '../../texts/dates.ts';
import { capital } from '../../texts/grammar.ts';

/** A session on the run sheet; where there are several lines, each is one of them. */
export type RunSheetRow = {
  id: string;
  time: string;
  room: string;
  title: string;
  speakers: string[];
  responsible: string;
  technique: string[];
  notes: string[];
};

/** The columns of the run sheet, as the page and the PDF head them. */
export const columns = ['Tid', 'Lokal', 'Programpunkt', 'Ansvarig', 'Teknik', 'Anteckningar'];

/** What the run sheet says of each session, with the technique that its speakers have asked for. */
export async function rowsOf(event: Event): Promise<RunSheetRow[]> {
  const needs = await needsAt(event);
  return event.sessions.map((session) => ({
    id: String(session._id),
    time: datesIn('sv').sessionTime(session.start, session.end),
    room: session.room ?? '',
    title: session.title,
    speakers: session.speakers.map(({ name, title, organisation }) =>
      [name, title, organisation].filter(Boolean).join(', '),
    ),
    responsible: session.responsible ?? '',
    technique: [...linesIn(session.technique), ...askedFor(session, needs)],
    notes: linesIn(session.notes),
  }));
}

function askedFor({ speakers }: Session, needs: Map<string, string>): string[] {
  return speakers.flatMap(({ name, entry }) => {
    const asked = needs.get(String(entry));
    return asked ? `${name}: ${linesIn(asked).join(' ')}` : [];
  });
}

function linesIn(text = ''): string[] {
  return text.split('\n').filter(Boolean);
}

/** What stands above the table: when, where, how many come, and who answers for the day. */
export function factsOf(event: Event): { term: string; text: string }[] {
  const { start, end, taken, contactName, contactPhone } = event;
  const modes = offeredModes(event);
  const coming = { plats: `${taken.plats} på plats`, digitalt: `${taken.digitalt} digitalt` };
  const facts = [
    { term: 'När', text: capital(datesIn('sv').when(start, end)) },
    { term: 'Var', text: modes.includes('plats') ? venueOf(event) : 'Digitalt' },
    { term: 'Anmälda', text: modes.map((mode) => coming[mode]).join(', ') },
    { term: 'Kontakt', text: [contactName, contactPhone].filter(Boolean).join(', ') },
  ];
  return facts.filter(({ text }) => text);
}
