import type { Request, Response } from 'express';
import { lookUp } from '../../base/look-up.ts';
import { paths } from '../../base/paths.ts';
import { type Event, letterStepNames, letterSteps, usualPlan } from '../../events/event.ts';
import { offeredModes } from '../../events/rules.ts';
import { subjectLine } from '../../letters/compose.ts';
import { subjectFor } from '../../letters/kinds/words.ts';
import { listMailings } from '../../letters/mailings/drafts.ts';
import { type SentByPlan, sentByPlan } from '../../letters/mailings/progress.ts';
import { countReceivers } from '../../letters/plan/receivers.ts';
import { type Planned, scheduleOf } from '../../letters/plan/schedule.ts';
import { letterStates } from '../../outbox/letter.ts';
import { countLetters, countLost, listLetters } from '../../outbox/queries.ts';
import { datesIn } from '../../texts/dates.ts';
import { people } from '../../texts/grammar.ts';
import { sendPage } from '../../web/pages.ts';
import { type State, stateOf } from '../parts/event-state.ts';
import { ownBoard, ownEvent } from '../parts/guard.ts';
import { asked, askedOneOf, askedPage, withQuery } from '../parts/query-string.ts';
import { stateChoice, states } from './list.ts';

const done: Record<string, string> = {
  utskick: 'Utskicket är på väg till alla mottagare.',
  borttaget: 'Utkastet är borttaget.',
};

/** What goes by itself and when, what was written by hand, and every letter of the event. */
export async function showEventLetters(req: Request, res: Response): Promise<void> {
  const event = await ownEvent(req, res);
  const board = ownBoard(res)._id;
  const state = askedOneOf(req, 'state', letterStates);
  const page = askedPage(req);
  const [{ letters, pages }, counts, lost, mailings, plan] = await Promise.all([
    listLetters(board, { state, event: event._id }, page),
    countLetters(board, event._id),
    countLost(board, event._id),
    listMailings(event._id),
    planOf(event, res.locals.now),
  ]);
  sendPage(res, 'office/letters/of-event', {
    title: `Brev: ${event.title}`,
    current: 'events',
    ...{ event, plan, lost, letters, pages, page, states, subjectLine },
    mailings: mailings.map((one) => ({ ...one, subject: subjectFor(one, event) })),
    state: stateOf(event, res.locals.now),
    off: letterSteps
      .filter((step) => !(event.letterPlan ?? usualPlan).includes(step))
      .map((step) => letterStepNames[step]),
    answers: { state },
    choices: [stateChoice],
    leaves: res.locals.context.settings.smtpUrl !== undefined,
    waiting: (counts.get('queued') ?? 0) + (counts.get('sending') ?? 0),
    happened: lookUp(done, asked(req, 'klart')),
    pageLink: (page: number) => withQuery(paths.eventLetters(event._id), { state, page }),
  });
}

type Row = { name: string; when: Date; to: string; state: ReturnType<typeof planState> };

async function planOf(event: Event, now: Date): Promise<Row[]> {
  const sent = await sentByPlan(event);
  const online = offeredModes(event).includes('digitalt') || event.taken.digitalt > 0;
  const steps = scheduleOf(event).filter(({ step }) => step !== 'lank' || online);
  const rows = steps.map(async (planned) => {
    const isOpen = now < planned.until && event.state !== 'cancelled';
    const count = isOpen ? await countReceivers(event, planned, now) : 0;
    return {
      name: letterStepNames[planned.step],
      when: planned.dueAt,
      to: isOpen ? expected(planned, count, now) : '',
      state: planState(event, { ...planned, count }, sent.get(planned.step), now),
    };
  });
  return (await Promise.all(rows)).sort((a, b) => +a.when - +b.when);
}

/** To how many it will go, as it is now. */
function expected(planned: Planned, count: number, now: Date): string {
  if (count > 0) return people(count);
  if (planned.step === 'tack') return 'De som markeras som närvarande';
  if (planned.step === 'saknad') return 'De som markeras som frånvarande';
  if (planned.step === 'lank') return 'Ingen';
  return now < planned.dueAt ? 'Ingen ännu' : '';
}

/** What has become of one letter by plan: a state in words and colour, and a sentence where that is not enough. */
function planState(
  event: Event,
  { step, dueAt, until, count }: Planned & { count: number },
  sent: SentByPlan | undefined,
  now: Date,
) {
  const { stamp, plainDay } = datesIn('sv');
  const state = (name: string, color: State['color'], text = '') => ({ tag: { text: name, color }, text });
  const isMissed = event.missedLetters?.some((one) => one.step === step && +one.dueAt === +dueAt);
  if (sent && sent.kept === sent.number)
    return state('Sparat', 'neutral', `Till ${people(sent.number)}, men skickas inte.`);
  if (sent) return state('Skickat', 'success', `Till ${people(sent.number)}, först ${stamp(sent.first)}.`);
  if (isMissed)
    return state('Missat', 'danger', `Gick aldrig ut: tjänsten var avstängd den ${plainDay(dueAt)}.`);
  if (event.state === 'cancelled') return state('Går inte', 'neutral', 'Evenemanget är inställt.');
  if (now >= until) return state('Inget skickades', 'neutral');
  if (event.state === 'draft') return state('Planerat', 'neutral', 'Går när evenemanget är publicerat.');
  if (step === 'tack' || step === 'saknad') return state('Planerat', 'info');
  const hasLink = step !== 'lank' || event.meetingLink;
  if (hasLink && now >= dueAt && count === 0) return state('Ingen att skicka till', 'neutral');
  if (step !== 'lank') return state('Planerat', 'info');
  return event.meetingLink
    ? state('Planerat', 'info', 'Till den som inte har fått länken i ett annat brev.')
    : state('Möteslänken saknas', 'warning', 'Brevet väntar tills den är ifylld.');
}
