import type { Event } from '../../events/event.ts';
import { datesIn } from '../../texts/dates.ts';
import { filled } from '../mailings/placeholders.ts';
import type { LetterKind, LetterTold } from '../writing/kind.ts';
import { asking, onlineWords } from '../writing/phrases.ts';

/** A letter that an organiser has written by hand, with its placeholders filled in. It is true whenever it is sent. */
export const mailing: LetterKind = {
  // A subject never holds the receiver's name or link.
  subject: (told) => filled(told.facts.written?.subject ?? '', valuesOf(told, '')),
  says: (telling) => {
    const text = filled(telling.facts.written?.text ?? '', valuesOf(telling, telling.links.own));
    // An empty line parts the paragraphs.
    const paragraphs = text.split(/\n{2,}/).filter((paragraph) => paragraph.trim());
    return asking(telling, paragraphs);
  },
  untruth: () => undefined,
};

function valuesOf({ facts, t, dates }: LetterTold, lank: string) {
  return {
    fornamn: facts.givenName,
    efternamn: facts.written?.familyName ?? '',
    titel: facts.title,
    datum: dates.plainDay(facts.start),
    tid: dates.span(facts.start, facts.end),
    plats: facts.place || onlineWords('kommer', t),
    lank,
  };
}

/** The Swedish subject of a letter by hand about this event, as the office lists it. */
export function mailingSubject({ subject }: { subject: string }, { title, start, end }: Event): string {
  const dates = datesIn('sv');
  const nobody = { fornamn: '', efternamn: '', plats: '', lank: '' };
  const values = { ...nobody, titel: title, datum: dates.plainDay(start), tid: dates.span(start, end) };
  return filled(subject, values);
}
