import type { Request, Response } from 'express';
import { municipalityName } from '../../authorities/authority.ts';
import { paths } from '../../base/paths.ts';
import { eventsOfDay } from '../../events/authority-events.ts';
import { modeNames } from '../../events/event.ts';
import {
  type CheckInState,
  checkIn,
  checkInState,
  isOfErased,
  undoCheckIn,
} from '../../registrations/personal/check-in.ts';
import { findOwn, type Own } from '../../registrations/personal/opened.ts';
import { datesIn } from '../../texts/dates.ts';
import { sendPage } from '../../web/pages.ts';
import { saidOf } from '../attendance/words.ts';
import { ownBoard } from '../parts/guard.ts';
import { withQuery } from '../parts/query-string.ts';

type CodeRequest = Request<{ token: string }>;

/** Shows whose code it is, with the button. Opening it marks nobody: cameras and messengers open addresses by themselves. */
export async function showCheckIn(req: CodeRequest, res: Response): Promise<void> {
  const own = await openCode(req, res);
  if (own) await sendCheckIn(req, res, own, { state: checkInState(own, res.locals.now) });
}

/** Marks the person as on site, or takes that back. */
export async function submitCheckIn(req: CodeRequest, res: Response): Promise<void> {
  const own = await openCode(req, res);
  if (!own) return;
  const isUndo = req.body.present === '';
  const state = await (isUndo ? undoCheckIn : checkIn)(res.locals.context, own);
  if (state !== 'open' && state !== 'here') return sendCheckIn(req, res, own, { state, status: 422 });
  const isDone = state === (isUndo ? 'here' : 'open');
  const done = isDone ? (isUndo ? 'angrat' : 'markerad') : undefined;
  res.redirect(303, withQuery(paths.checkIn(req.params.token), { klart: done }));
}

/** Whose code it is, for an organiser of that county board. Anybody else gets a sentence that names nobody, and null comes back. */
async function openCode(req: CodeRequest, res: Response): Promise<Own | null> {
  const { organiser, context } = res.locals;
  if (!organiser) return refuse(res, 'stranger', 403);
  const own = await findOwn(req.params.token, context.settings, 'check-in');
  if (own?.event.authority === organiser.authority) return own;
  if (own) return refuse(res, 'otherBoard', 404);
  const wasErased = await isOfErased(req.params.token, organiser.authority);
  return refuse(res, wasErased ? 'erased' : 'unknown', 404);
}

const refusals = {
  stranger:
    'Koden är för den som tar emot vid ingången. Är du organisatör? Logga in i den här webbläsaren och läs av koden igen.',
  otherBoard: 'Koden hör till ett evenemang hos en annan länsstyrelse.',
  erased: 'Personens uppgifter är raderade, så koden gäller inte längre.',
  unknown:
    'Koden gäller inte. Personen kan ha fått en ny med en annan e-postadress. Sök efter namnet i närvarolistan.',
};

function refuse(res: Response, why: keyof typeof refusals, status: number): null {
  sendPage(
    res,
    'office/entrance/no-code',
    { title: 'Koden går inte att använda här', text: refusals[why], isStranger: why === 'stranger' },
    status,
  );
  return null;
}

async function sendCheckIn(
  req: CodeRequest,
  res: Response,
  own: Own,
  { state, status = 200 }: { state: CheckInState; status?: number },
): Promise<void> {
  const { registration, event } = own;
  const board = ownBoard(res);
  const name = `${registration.givenName} ${registration.familyName}`;
  const isElsewhere = state === 'otherDay' || state === 'open';
  const today = isElsewhere ? await eventsOfDay(board._id, res.locals.now) : [];
  sendPage(
    res,
    'office/entrance/check-in',
    {
      title: 'Incheckning',
      current: 'events',
      ...{ event, registration, name, state, token: req.params.token },
      place: municipalityName(board, registration.municipality),
      attends: registration.status === 'confirmed' && `anmäld ${modeNames[registration.mode].toLowerCase()}`,
      text: wordsFor(own, state, req.query.klart),
      isRefused: state !== 'here' && state !== 'open',
      others: today
        .filter(({ _id }) => !_id.equals(event._id))
        .map(({ _id, title }) => ({
          title,
          href: withQuery(paths.attendance(_id), { q: name, mode: 'alla' }),
        })),
    },
    status,
  );
}

/** How the person stands, in a sentence; the second time it says when and where the first was. */
function wordsFor({ registration, event }: Own, state: CheckInState, done: unknown): string {
  const words: Record<CheckInState, string> = {
    cancelledEvent: 'Evenemanget är inställt. Därför går det inte att markera närvaro.',
    cancelled: 'Anmälan är avbokad. Har personen kommit ändå? Skriv in personen i närvarolistan.',
    waiting: 'Personen står på väntelistan och har ingen plats.',
    otherDay: `Koden gäller ${datesIn('sv').long(event.start)}, inte i dag.`,
    here: `${done === 'markerad' ? '' : 'Redan markerad: '}${saidOf(registration)}`,
    open: done === 'angrat' || registration.present !== null ? saidOf(registration) : '',
  };
  return words[state];
}
