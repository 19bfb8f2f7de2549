import type { Response } from 'express';
import { paths } from '../../base/paths.ts';
import type { Event, Mode } from '../../events/event.ts';
import {
  cancellationsEnd,
  changesEnd,
  hasSeat,
  isCancellable,
  isChangeable,
  offeredModes,
  statusOf,
  waitingListEnd,
} from '../../events/rules.ts';
import { fieldsOf } from '../../registrations/answers.ts';
import { hasDeclined } from '../../registrations/changes/calendar-answer.ts';
import type { WaitingPosition } from '../../registrations/letter-facts.ts';
import { tokenOf } from '../../registrations/personal/links.ts';
import { hasReturned, type Own } from '../../registrations/personal/opened.ts';
import { changeable } from '../../registrations/questions.ts';
import type { Registration } from '../../registrations/registration.ts';
import { positionsOf } from '../../registrations/waiting-list/waiting-list.ts';
import { inLanguage } from '../../texts/addresses.ts';
import { datesIn } from '../../texts/dates.ts';
import { type Language, textsIn, type Words } from '../../texts/texts.ts';
import type { Errors } from '../../web/forms.ts';
import { sendPage } from '../../web/pages.ts';
import { eventFacts, noticesOf } from '../parts/event-facts.ts';
import { lastMinuteBefore, queuesOf } from '../parts/event-words.ts';
import { answersInWords, formPartsOf } from '../sign-up/form.ts';
import { markFor } from '../sign-up/grace.ts';
import { waysToMoveTo, waysToWaitFor } from '../sign-up/modes.ts';
import { doneWords, explanation, missedOut, ownTag } from './words.ts';

/** What the page shows besides the registration: what was just done, or (with `errors`) a form that was not taken, held against `moment`. */
type Shown = { done?: unknown; values?: Record<string, string>; errors?: Errors; moment?: Date };

/** Sends the page of one's own registration: 200, or 422 with what was typed where something was not taken. */
export async function sendOwn(
  res: Response,
  place: Own,
  { done, values = valuesOf(place.registration), errors, moment = res.locals.now }: Shown,
): Promise<void> {
  const { lang, now, context } = res.locals;
  const { registration, event } = place;
  const t = textsIn(lang);
  const token = tokenOf(registration, context.settings.secret);
  const isActive = registration.status !== 'cancelled';
  const waits = registration.status === 'waiting';
  const places = waits ? await positionsOf(registration) : [];
  const returned = !isActive && (await hasReturned(registration));
  const isSeated = registration.status === 'confirmed';
  const mayChange = isActive && !missedOut(registration, event, now) && isChangeable(event, moment);
  const status = statusOf(event, now);
  sendPage(
    res,
    'site/personal/page',
    {
      title: t('min.rubrik'),
      addressIn: (language: Language) => inLanguage(paths.registration(token), language),
      error: errors !== undefined,
      ...{ ...place, values, token, mayChange },
      errors: errors ?? {},
      waits,
      queue: waits && queuesLive(event, now) ? queueLines(event, places, lang) : [],
      tag: ownTag(place, t, now),
      mayCancel: mayCancel(place, now),
      declined: !waits && hasDeclined(registration) && mayCancel(place, now),
      ...lastMoments(event, lang),
      mark: markFor(event, values, res),
      isClosed: status === 'closed',
      wayBack: isActive || returned ? undefined : wayBack(place, t, now),
      done: doneWords(done, registration, res),
      notices: noticesOf(event, lang, now),
      explanation: returned ? t('min.igen.gjort') : explanation(place, res),
      facts: eventFacts(event, lang, { ways: waysOf(registration), isSeated }),
      hasReminders: isSeated && event.state === 'published',
      answers: answersInWords(valuesOf(registration), place, t, attending[registration.status]),
      form: formPartsOf(
        place,
        waits
          ? waysToWaitFor(event, registration, places, t, now)
          : waysToMoveTo(event, registration.mode, t),
        t,
        { isChange: true },
      ),
    },
    errors ? 422 : 200,
  );
}

const attending = {
  confirmed: 'falt.deltagande.kort',
  waiting: 'falt.deltagande.vill',
  cancelled: 'falt.deltagande.ville',
} as const;

/** Until when one can change and cancel, where the organiser has decided it. */
function lastMoments(event: Event, lang: Language) {
  const t = textsIn(lang);
  return {
    lastChange: event.changeUntil && t('min.andra.senast', lastMinuteBefore(changesEnd(event), lang)),
    lastCancel: event.cancelUntil && t('min.avboka.senast', lastMinuteBefore(cancellationsEnd(event), lang)),
  };
}

function queuesLive(event: Event, now: Date): boolean {
  return event.state === 'published' && now < waitingListEnd(event);
}

/** One's place in each queue, what happens next, and until when. */
function queueLines(event: Event, places: WaitingPosition[], lang: Language): string[] {
  const t = textsIn(lang);
  return [
    ...places.map(({ mode, number }) => t(`mejl.ko.${mode}`, { nummer: number })),
    t('mejl.ko.sedan'),
    t('mejl.ko.slut', { slut: datesIn(lang).moment(waitingListEnd(event)) }),
  ];
}

/** How somebody who cancelled can come back now: to a seat, or into the queues of `wait`. */
function wayBack({ registration, event }: Own, t: Words, now: Date) {
  const ways = waysBack(registration, event);
  if (statusOf(event, now) === 'open' && ways.some((mode) => hasSeat(event, mode)))
    return { heading: t('min.igen'), text: t('min.igen.text'), wait: [] };
  const queues = queuesOf(event, now);
  if (!ways.every((mode) => queues.includes(mode))) return undefined;
  return { heading: t('anmalan.ko'), text: t('min.igen.ko'), wait: ways };
}

/** The ways in which somebody who cancelled wanted to attend, as far as they are still offered. */
export function waysBack({ waitsFor, mode }: Registration, event: Event): Mode[] {
  const offered = waitsFor.filter((wish) => offeredModes(event).includes(wish));
  return offered.length > 0 ? offered : [mode];
}

/** One can cancel, or leave the queue, until the last moment for it. */
export function mayCancel({ registration, event }: Own, now: Date): boolean {
  const isOver = registration.status === 'cancelled' || missedOut(registration, event, now);
  return !isOver && isCancellable(event, now);
}

/** What a registration's form holds; anyone who waits may wait for several ways. */
function valuesOf(registration: Registration): Record<string, string> {
  const fields = fieldsOf(registration);
  const shown = Object.fromEntries(changeable.map(({ name }) => [name, fields[name]]));
  return { ...shown, mode: waysOf(registration).join(',') };
}

/** The way in which somebody attends, or all in which somebody waits or has waited for a seat. */
function waysOf({ waitsFor, mode }: Registration): Mode[] {
  return waitsFor.length > 0 ? waitsFor : [mode];
}
