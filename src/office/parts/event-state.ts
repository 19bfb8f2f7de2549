import type { Event } from '../../events/event.ts';
import { statusOf } from '../../events/rules.ts';
import { datesIn } from '../../texts/dates.ts';

/** A state in words and colour, as the tag shows it. */
export type State = { text: string; color: 'success' | 'warning' | 'danger' | 'info' | 'neutral' };

/** What the office calls the event's state at this moment. */
export function stateOf(event: Event, now: Date): State {
  if (event.state === 'recorded') return { text: 'Inmatat i efterhand', color: 'neutral' };
  const opens = event.opensAt && `Öppnar ${datesIn('sv').plainDay(event.opensAt)}`;
  const states = {
    draft: { text: 'Utkast', color: 'neutral' },
    upcoming: { text: opens ?? 'Öppnar', color: 'info' },
    open: { text: 'Öppen för anmälan', color: 'success' },
    full: { text: 'Fullt', color: 'warning' },
    closed: { text: 'Anmälan är stängd', color: 'neutral' },
    cancelled: { text: 'Inställt', color: 'danger' },
    past: { text: 'Genomfört', color: 'neutral' },
  } as const;
  return states[statusOf(event, now)];
}
