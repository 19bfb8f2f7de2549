import type { Response } from 'express';
import { marksOf } from '../../base/form/merging.ts';
import { paths } from '../../base/paths.ts';
import type { Mode } from '../../events/event.ts';
import { isChangeable, offeredModes } from '../../events/rules.ts';
import { type Situation, situationOf } from '../../events/situation.ts';
import { ownInvitation } from '../../letters/own-invitation.ts';
import type { LinkState } from '../../letters/writing/phrases.ts';
import { fieldsOf } from '../../registrations/answers.ts';
import { hasDeclined } from '../../registrations/changes/calendar-answer.ts';
import type { WaitingPosition } from '../../registrations/letter-facts.ts';
import { hasCode } from '../../registrations/personal/check-in.ts';
import { linkOnlyShows, tokenOf } from '../../registrations/personal/links.ts';
import { hasReturned, type Own } from '../../registrations/personal/opened.ts';
import { mayCancel, missedOut, modesBack } from '../../registrations/personal/rules.ts';
import { changeable } from '../../registrations/questions.ts';
import type { Registration } from '../../registrations/registration.ts';
import { positionsOf } from '../../registrations/waiting-list/waiting-list.ts';
import { inLanguage } from '../../texts/addresses.ts';
import { datesIn } from '../../texts/dates.ts';
import { type Language, textsIn, type Words } from '../../texts/texts.ts';
import type { Errors } from '../../web/forms.ts';
import { sendPage } from '../../web/pages.ts';
import { eventFacts, noticesOf } from '../parts/event-facts.ts';
import { lastMinuteBefore } from '../parts/event-words.ts';
import { answersInWords, formPartsOf } from '../sign-up/form.ts';
import { markFor } from '../sign-up/grace.ts';
import { waysToMoveTo, waysToWaitFor } from '../sign-up/modes.ts';
import { alsoWords, doneWords, explanation, ownTag } from './words.ts';

/** What the page shows besides the registration: what was just done, or (with `errors`) a form that was not taken, held against `moment`. */
type ShownPersonal = {
  done?: unknown;
  /** The fields that somebody else changed meanwhile. */
  also?: string[];
  values?: Record<string, string>;
  errors?: Errors;
  moment?: Date;
  status?: number;
};

/** Sends the page of one's own registration: 200, or 422 with what was typed where something was not taken. */
export async function sendOwn(
  res: Response,
  place: Own,
  {
    done,
    also = [],
    values = valuesOf(place.registration),
    errors,
    moment = res.locals.now,
    status = errors ? 422 : 200,
  }: ShownPersonal,
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
  const situation = situationOf(event, now);
  const isOld = linkOnlyShows(event.end, now);
  const mayChange = isActive && !missedOut(registration, situation) && isChangeable(event, moment);
  const maySkip = mayCancel(registration, situation);
  sendPage(
    res,
    'site/personal/page',
    {
      title: t('min.rubrik'),
      addressIn: (language: Language) => inLanguage(paths.registration(token), language),
      error: errors !== undefined,
      ...{ ...place, values, token, mayChange },
      errors: errors ?? {},
      // A form that comes back keeps the marks that it began with.
      seen: values.seen ?? marksOf(valuesOf(place.registration)),
      waits,
      queue:
        waits && situation.isListOpen && event.state === 'published'
          ? queueLines(situation, places, lang)
          : [],
      tag: ownTag(registration, situation, t),
      mayCancel: maySkip,
      declined: !waits && hasDeclined(registration) && maySkip,
      declinedBy: registration.answer?.alias ? t('min.nej.rubrik.annan') : t('min.nej.rubrik'),
      ...lastMoments(situation, lang),
      mark: markFor(event, values, res),
      isClosed: situation.status === 'closed',
      wayBack: isActive || returned ? undefined : wayBack(registration, situation, t),
      done: [doneWords(done, registration, res), alsoWords(also, t)].filter(Boolean).join(' '),
      notices: noticesOf(situation, lang, registration.createdAt),
      explanation: isOld
        ? t('min.gammal')
        : returned
          ? t('min.igen.gjort')
          : explanation(registration, situation, lang),
      facts: eventFacts(event, lang, { ways: waysOf(registration), link: ownLink(place, now) }),
      hasInvitation:
        isSeated &&
        situation.status !== 'past' &&
        (await ownInvitation(registration, context.settings)) !== null,
      door: doorLink(place, res),
      hasCode: hasCode(place, now),
      hasReminders: !isOld && isSeated && event.state === 'published',
      answers: answersInWords(valuesOf(registration), place, t, attending[registration.status]),
      form: formPartsOf(
        place,
        waits ? waysToWaitFor(situation, places, t) : waysToMoveTo(situation, registration.mode, t),
        t,
        { isChange: true },
      ),
    },
    status,
  );
}

/** Where somebody with a seat finds the way in, as long as it leads somewhere. */
function ownLink({ registration, event }: Own, now: Date): LinkState | undefined {
  const isOn = registration.status === 'confirmed' && event.state === 'published' && now < event.end;
  if (!isOn) return undefined;
  return event.meetingLink ? 'egen' : 'kommer';
}

/** The way to one's digital door, as long as it leads somewhere; those on site have it too if the event is online as well. */
function doorLink({ registration, event }: Own, res: Response) {
  const { lang, now, context } = res.locals;
  const isOffered = offeredModes(event).includes('digitalt') || registration.mode === 'digitalt';
  const isOn = event.state === 'published' && now < event.end && event.meetingLink !== '';
  if (registration.status !== 'confirmed' || !isOffered || !isOn) return undefined;
  const token = tokenOf(registration, context.settings.secret, 'digital door');
  const text = textsIn(lang)(registration.mode === 'plats' ? 'delta.min.plats' : 'delta.min');
  return { href: inLanguage(paths.digitalDoor(token), lang), text };
}

const attending = {
  confirmed: 'falt.deltagande.kort',
  waiting: 'falt.deltagande.vill',
  cancelled: 'falt.deltagande.ville',
} as const;

/** Until when one can change and cancel, where the organiser has decided it. */
function lastMoments({ event, changesEnd, cancellationsEnd }: Situation, lang: Language) {
  const t = textsIn(lang);
  return {
    lastChange: event.changeUntil && t('min.andra.senast', lastMinuteBefore(changesEnd, lang)),
    lastCancel: event.cancelUntil && t('min.avboka.senast', lastMinuteBefore(cancellationsEnd, lang)),
  };
}

/** One's place in each queue, what happens next, and until when. */
function queueLines({ waitingListEnd }: Situation, places: WaitingPosition[], lang: Language): string[] {
  const t = textsIn(lang);
  return [
    ...places.map(({ mode, number }) => t(`mejl.ko.${mode}`, { nummer: number })),
    t('mejl.ko.sedan'),
    t('mejl.ko.slut', { slut: datesIn(lang).moment(waitingListEnd) }),
  ];
}

/** How somebody who cancelled can come back now: to a seat, or into the queues of `wait`. */
function wayBack(registration: Registration, situation: Situation, t: Words) {
  const ways = modesBack(registration, situation);
  const { status, free, joinable } = situation;
  if (status === 'open' && ways.some((mode) => free.includes(mode)))
    return { heading: t('min.igen'), text: t('min.igen.text'), wait: [] };
  if (!ways.every((mode) => joinable.includes(mode))) return undefined;
  return { heading: t('anmalan.ko'), text: t('min.igen.ko'), wait: ways };
}

/** What a registration's form holds; anyone who waits may wait for several modes. */
export function valuesOf(registration: Registration): Record<string, string> {
  const fields = fieldsOf(registration);
  const shown = Object.fromEntries(changeable.map(({ name }) => [name, fields[name]]));
  return { ...shown, mode: waysOf(registration).join(',') };
}

/** The way in which somebody attends, or all in which somebody waits or has waited for a seat. */
function waysOf({ waitsFor, mode }: Registration): Mode[] {
  return waitsFor.length > 0 ? waitsFor : [mode];
}
