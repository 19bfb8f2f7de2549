import type { Request, Response } from 'express';
import { lookUp } from '../../base/form/look-up.ts';
import { paths } from '../../base/paths.ts';
import type { Event } from '../../events/event.ts';
import { mailingSubject } from '../../letters/kinds/mailing.ts';
import { listMailings } from '../../letters/mailings/drafts.ts';
import { countPlanReceivers } from '../../letters/plan/receivers.ts';
import { planChoices, scheduleOf } from '../../letters/plan/schedule.ts';
import { type SentByPlan, sentByPlan } from '../../letters/plan/sent.ts';
import type { Planned } from '../../letters/writing/step.ts';
import { letterStates } from '../../outbox/letter.ts';
import { lettersLeave } from '../../outbox/outbox.ts';
import { countLetters, countLost, listLetters } from '../../outbox/queries.ts';
import { datesIn } from '../../texts/dates.ts';
import { people } from '../../texts/grammar.ts';
import { sendPage } from '../../web/pages.ts';
import { type State, stateOf } from '../parts/event-state.ts';
import { ownBoard, ownEvent } from '../parts/guard.ts';
import { asked, askedOneOf, askedPage, withQuery } from '../parts/query-string.ts';
import { kindChoice, kindKeys, stateChoice, tableOf } from './list.ts';

/** What was done, by the word in the address. @param leave whether letters leave, or are only kept */
const done = (leave: boolean): Record<string, string> => ({
  utskick: leave ? 'Utskicket är på väg till alla mottagare.' : 'Utskicket är sparat, men skickas inte.',
  borttaget: 'Utkastet är borttaget.',
});

/** What goes by itself and when, what was written by hand, and every letter of the event. */
export async function showEventLetters(req: Request, res: Response): Promise<void> {
  const event = await ownEvent(req, res);
  const board = ownBoard(res)._id;
  const state = askedOneOf(req, 'state', letterStates);
  const kind = askedOneOf(req, 'kind', kindKeys);
  const page = askedPage(req);
  const [{ letters, pages }, counts, lost, mailings, plan] = await Promise.all([
    listLetters(board, { state, kind, event: event._id }, page),
    countLetters(board, event._id),
    countLost(board, event._id),
    listMailings(event._id),
    planOf(event, res.locals.now),
  ]);
  sendPage(res, 'office/letters/of-event', {
    title: `Mejl: ${event.title}`,
    current: 'events',
    ...(await tableOf(letters)),
    ...{ event, plan, lost, pages, page },
    mailings: mailings.map((one) => ({ ...one, subject: mailingSubject(one, event) })),
    state: stateOf(event, res.locals.now),
    off: namesOfOthers(event),
    answers: { state, kind },
    choices: [kindChoice, stateChoice],
    waiting: (counts.get('queued') ?? 0) + (counts.get('sending') ?? 0),
    happened: lookUp(done(lettersLeave(res.locals.context, event)), asked(req, 'klart')),
    pageLink: (page: number) => withQuery(paths.eventLetters(event._id), { state, kind, page }),
  });
}

function namesOfOthers(event: Event): string[] {
  const chosen = scheduleOf(event).map(({ step }) => step);
  return planChoices.filter(({ step }) => !chosen.includes(step)).map(({ name }) => name);
}

type PlanRow = { name: string; when: Date; to: string; state: ReturnType<typeof planState> };

async function planOf(event: Event, now: Date): Promise<PlanRow[]> {
  const sent = await sentByPlan(event);
  const steps = scheduleOf(event).filter(({ concerns }) => concerns?.(event) !== false);
  const rows = steps.map(async (planned) => {
    const isOpen = now < planned.until && event.state !== 'cancelled';
    const count = isOpen ? await countPlanReceivers(event, planned, now) : 0;
    return {
      name: planned.name,
      when: planned.dueAt,
      to: isOpen ? expected(planned, count, now) : '',
      state: planState(event, { ...planned, count }, sent.get(planned.step), now),
    };
  });
  return Promise.all(rows);
}

/** To how many it will go, as it looks now. */
function expected({ nobody, dueAt }: Planned, count: number, now: Date): string {
  if (count > 0) return people(count);
  return nobody ?? (now < dueAt ? 'Ingen ännu' : '');
}

/** What has become of one letter by plan: a state in words and colour, and a sentence if that is not enough. */
function planState(
  event: Event,
  { step, dueAt, until, count, lacks, growsLater, note }: Planned & { count: number },
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
  const lack = lacks?.(event);
  if (lack) return state(lack.state, 'warning', lack.waits);
  if (!growsLater && now >= dueAt && count === 0) return state('Ingen att skicka till', 'neutral');
  return state('Planerat', 'info', note);
}
