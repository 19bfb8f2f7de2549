import type { Request, Response } from 'express';
import type { Event } from '../../events/event.ts';
import type { MarkResult } from '../../registrations/participants/attendance.ts';
import type { Mark, SentMark } from '../../registrations/participants/marks.ts';
import type { Registration } from '../../registrations/registration.ts';

/** A mark may have waited on a telephone for so long, in milliseconds. */
const longestWait = 24 * 3600_000;

/** What a form says of a mark besides the mark itself. */
type About = Pick<SentMark, 'nonce' | 'undoes'> & { at: Date };

/**
 * Reads the fields `undoes` (the marks that an undo takes back, with spaces between them) and, of a mark that the page's
 * script sends, `nonce` and `age`: how many milliseconds ago it was made, by the one clock that knows.
 */
export function readSentMark(req: Pick<Request, 'body'>, now: Date): About {
  const { nonce, age, undoes }: Record<string, unknown> = req.body;
  const named = typeof undoes === 'string' ? { undoes: undoes.split(' ').filter(Boolean) } : {};
  if (typeof nonce !== 'string' || !/^[\w-]{16,64}$/.test(nonce)) return { ...named, at: now };
  const waited = Math.min(Math.max(Number(age) || 0, 0), longestWait);
  return { ...named, nonce, at: new Date(+now - waited) };
}

/**
 * Answers the page's script: why a mark was not taken; of one that was, whether the person stays marked as present
 * because somebody else's mark says so. It names nobody.
 */
export function answerSentMark(
  res: Response,
  event: Event,
  before: Registration | null,
  { result, mark }: { result: MarkResult; mark: Mark },
): void {
  if (result && !('refused' in result)) res.json({ kept: !mark && result.present === true });
  else res.status(before ? 422 : 404).json({ said: refusalOf(event, before) });
}

function refusalOf(event: Event, before: Registration | null): string {
  if (!before) return 'Anmälan finns inte längre. Markeringen är inte sparad.';
  if (event.state !== 'published') return 'Evenemanget är inställt. Markeringen är inte sparad.';
  if (before.status === 'waiting') return 'Personen står på väntelistan. Markeringen är inte sparad.';
  return 'Anmälan är avbokad. Markeringen är inte sparad.';
}
