import type { Response } from 'express';
import { withoutKeys } from '../../base/paths.ts';
import type { Mode } from '../../events/event.ts';
import { compose } from '../../letters/compose.ts';
import type { Announcement } from '../../letters/previews/announcement.ts';
import type { Letter } from '../../outbox/letter.ts';
import { toBytes } from '../../outbox/message.ts';
import { readLetter } from '../../outbox/parse.ts';
import type { LetterFacts } from '../../registrations/letter-facts.ts';

/** The words for people who attend this way. */
const people: Record<Mode, string> = { plats: 'på plats', digitalt: 'digitalt' };

/** How a heading names those for whom a letter is an example. */
const receivers: Record<Mode, string> = {
  plats: 'dem som deltar på plats',
  digitalt: 'dem som deltar digitalt',
};

/** An announcement as views/office/announcement-parts.ejs shows it: whom it concerns, and the letters as their bytes say. */
export async function announcementParts({ counts, waiting, samples }: Announcement, res: Response) {
  const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
  const told = sum(counts.map((count) => count.told));
  const several = samples.filter(({ waits }) => !waits).length > 1;
  const seated = samples.some(({ waits }) => waits) ? 'dem som är anmälda' : undefined;
  return {
    ...{ told, waiting, letters: told + waiting.told },
    untold: sum(counts.map(({ untold }) => untold)),
    counts: counts.map((count) => ({ ...count, way: people[count.mode] })),
    samples: await Promise.all(
      samples.map(async ({ name, mode, waits, letter }) => ({
        ...{ name, waits },
        who: waits ? 'dem som står på väntelistan' : several ? receivers[mode] : seated,
        first: waits ? 'den första i kön' : `den första som anmälde sig${several ? ` ${people[mode]}` : ''}`,
        ...(await shownLetter(letter, res)),
      })),
    ),
  };
}

/** A letter as its bytes say. By the composer and the writer that make the real one; the personal link is the receiver's own. */
export async function shownLetter(letter: Letter<LetterFacts>, res: Response) {
  const raw = await toBytes(letter, await compose(letter, res.locals.context.settings));
  const { subject, text, calendar } = await readLetter(letter, raw);
  const written = { subject, text: withoutKeys(text), calendar };
  return { letter, written, facts: letter.facts };
}
