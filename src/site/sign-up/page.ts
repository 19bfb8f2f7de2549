import type { Response } from 'express';
import { paths } from '../../base/paths.ts';
import type { Event, Mode } from '../../events/event.ts';
import type { PublicEvent } from '../../events/public-events.ts';
import { type Situation, situationOf } from '../../events/situation.ts';
import type { Choice } from '../../registrations/question-kinds.ts';
import { colleagueField, signsUpOnlyOthers } from '../../registrations/sign-up/colleagues-form.ts';
import type { Refusal } from '../../registrations/sign-up/register.ts';
import { inLanguage } from '../../texts/addresses.ts';
import { datesIn } from '../../texts/dates.ts';
import { type Language, textsIn, type Words } from '../../texts/texts.ts';
import { NotFound } from '../../web/errors.ts';
import type { FormAnswers } from '../../web/forms.ts';
import { refuseFlood } from '../../web/guards.ts';
import { sendPage } from '../../web/pages.ts';
import {
  deadlineWords,
  lastMinuteBefore,
  laterWords,
  openingWords,
  queueSentences,
} from '../parts/event-words.ts';
import { answersInWords, type FormParts, formPartsOf } from './form.ts';
import { markFor } from './grace.ts';
import { waysToSignUp } from './modes.ts';

/**
 * A form that came: what was typed and is wrong, the ways chosen by one who signs up alone, the ways that it was shown
 * as full, and for how many colleagues.
 */
export type Sent = FormAnswers & {
  place: PublicEvent;
  /** How the event stands at the moment that the form's deadlines are held against. */
  situation: Situation;
  ways: Mode[];
  wait: string[];
  colleagues: number;
};

/** What the form's page says besides; `status` is 422 where nothing else is said, `focus` the field to begin with. */
export type Told = {
  notice?: string;
  heading?: string;
  lead?: string;
  wait?: Mode[];
  left?: { mode: Mode; left: number }[];
  status?: number;
  focus?: string;
};

/** The same form, with the event as it was found when the form was refused. */
export function asFound(sent: Sent, event: Event): Sent {
  return { ...sent, place: { ...sent.place, event }, situation: situationOf(event, sent.situation.now) };
}

/** Answers a form with mistakes in it. */
export function sendInvalid(res: Response, sent: Sent): void {
  refuseFlood(res);
  sendBack(res, sent, sent.situation.status);
}

/** Answers a form that is right and was not taken. */
export function sendRefused(res: Response, sent: Sent, refusal: Refusal): void {
  if (refusal.refused === 'tooMany') sendTooMany(res, sent, refusal.seconds);
  else sendBack(res, sent, refusal.refused);
}

function sendTooMany(res: Response, sent: Sent, seconds: number): void {
  res.set('Retry-After', String(seconds));
  const notice = textsIn(res.locals.lang)('fel.manga', { minuter: Math.ceil(seconds / 60) });
  sendForm(res, sent, { notice, status: 429 });
}

/** Why there is nothing to sign up for, or no seat. */
type WhyNot = Exclude<Refusal['refused'], 'tooMany'>;

/** Answers a form that was not taken: with the form where one can still sign up or wait for a seat, else with the reason. */
export function sendBack(res: Response, sent: Sent, status: WhyNot | 'open'): void {
  const isFull = status === 'full';
  const { waitable, free: freeModes } = sent.situation;
  const hasQueue = waitable.length > 0;
  const [free] = freeModes;
  const canJoin = status === 'open' || (isFull && hasQueue);
  if (canJoin && sent.colleagues > 0) sendForm(res, sent);
  else if (canJoin && free) sendForm(res, filledMeanwhile(res, sent));
  else if (isFull && free) sendOtherWay(res, sent, free);
  else if (canJoin) sendQueueForm(res, sent);
  else sendRefusal(res, sent, status);
}

/** A way that has filled since the form was shown is no answer any more: the choice is asked for again. */
function filledMeanwhile(res: Response, sent: Sent): Sent {
  const t = textsIn(res.locals.lang);
  const { waitable } = sent.situation;
  const filled = sent.ways.find((mode) => waitable.includes(mode) && !sent.wait.includes(mode));
  if (!filled || sent.errors.mode || !sent.values.mode) return sent;
  const { mode: _mode, ...values } = sent.values;
  return { ...sent, values, errors: { ...sent.errors, mode: t(`fel.fullt.valj.${filled}`) } };
}

/** The chosen way is full, its list is closed, and the other way has seats: the form with that chosen. */
function sendOtherWay(res: Response, sent: Sent, free: Mode): void {
  const t = textsIn(res.locals.lang);
  const notice = t(free === 'digitalt' ? 'fel.fullt' : 'fel.fulltDigitalt');
  sendForm(res, { ...sent, values: { ...sent.values, mode: free } }, { notice });
}

/** All is full: the form again, for the waiting list. */
function sendQueueForm(res: Response, sent: Sent): void {
  const t = textsIn(res.locals.lang);
  sendForm(res, sent, knewOfQueue(sent) ? {} : { heading: t('nej.full.rubrik'), lead: t('nej.full.ko') });
}

/** The form has shown all ways that were chosen as full. */
function knewOfQueue({ ways, wait }: Sent): boolean {
  return wait.length > 0 && ways.every((mode) => wait.includes(mode));
}

/** The form again, with what was typed and what is wrong with it, or with what has happened meanwhile. */
export function sendForm(res: Response, sent: Sent, told: Told = {}): void {
  const { place, values, errors } = sent;
  const { lang, now } = res.locals;
  const t = textsIn(lang);
  const { event, authority } = place;
  const { notice, lead, status = 422 } = told;
  const form = formOf(sent, told, t);
  const { heading = headingOf(form, t) } = told;
  sendPage(
    res,
    'site/sign-up/page',
    {
      title: `${heading}: ${event.title}`,
      error: status >= 400,
      addressIn: eventIn(event.slug),
      ...{ event, authority, errors, notice, heading, lead, form },
      day: datesIn(lang).long(event.start),
      values: { ...values, ...form.preset, ...presetColleagues(values, form) },
      mark: markFor(event, values, res),
      deadline: deadlineWords(situationOf(event, now), lang),
      later: laterWords(sent.situation, lang),
      queue: queueSentences(sent.situation, lang),
    },
    status,
  );
}

/** For several people nobody waits for either way, and what they have not been told yet they have not agreed to. */
function formOf({ place, situation, values, wait, colleagues }: Sent, told: Told, t: Words): FormParts {
  const ways = waysToSignUp(situation, t);
  const { left = [], focus = '' } = told;
  if (colleagues === 0) return formPartsOf(place, ways, t, { left, focus });
  const known = ways.wait.filter((mode) => wait.includes(mode));
  const wayOf = ({ value }: Choice<Mode>): Choice => {
    const lage = t(`falt.deltagande.${value}`);
    return { value, label: ways.wait.includes(value) ? t('lage.vantelista', { lage }) : lage };
  };
  const forAll = {
    ...ways,
    together: false,
    waysHelp: ways.together ? '' : ways.waysHelp,
    wait: told.wait ?? known,
  };
  const onlyOthers = signsUpOnlyOthers(values);
  const colleagueWays = ways.ways.map(wayOf);
  return formPartsOf(place, forAll, t, { colleagues, onlyOthers, colleagueWays, left, focus });
}

/** The only choice that there is, for each colleague for whom nothing is chosen. */
function presetColleagues(values: Record<string, string>, { preset, colleagues }: FormParts) {
  const numbers = Array.from({ length: colleagues }, (_, index) => index + 1);
  return Object.fromEntries(
    Object.entries(preset).flatMap(([name, only]) =>
      numbers.map((number) => {
        const field = `${colleagueField(name)}-${number}`;
        return [field, values[field] || only];
      }),
    ),
  );
}

function headingOf(form: FormParts, t: Words): string {
  if (form.colleagues > 0) return t(form.onlyOthers ? 'kollegor.bara.rubrik' : 'kollegor.rubrik');
  return t(form.queueOnly ? 'anmalan.ko' : 'anmalan.rubrik');
}

/** Why the sign-up was not taken, with what was typed kept in view. */
function sendRefusal(res: Response, sent: Sent, refused: WhyNot): void {
  const { place, values, colleagues } = sent;
  const { lang } = res.locals;
  const t = textsIn(lang);
  if (refused === 'draft') throw new NotFound();
  const { event, authority } = place;
  sendPage(
    res,
    'site/sign-up/refused',
    {
      title: t(`nej.${refused}.rubrik`),
      error: true,
      addressIn: eventIn(event.slug),
      ...{ event, authority },
      reason: reasonOf(res, sent, refused),
      ownReason: refused === 'cancelled' ? event.cancelReason : '',
      typed: [
        ...answersInWords(values, place, t, 'falt.deltagande.vill'),
        ...colleaguesInWords(values, colleagues, t),
      ],
    },
    422,
  );
}

function colleaguesInWords(values: Record<string, string>, count: number, t: Words) {
  return Array.from({ length: count }, (_, index) => {
    const nummer = index + 1;
    const [given, family, email] = ['GivenName', 'FamilyName', 'Email'].map(
      (field) => values[`colleague${field}-${nummer}`],
    );
    return { term: t('kollegor.kollega', { nummer }), lines: [`${given} ${family}`, email] };
  });
}

function reasonOf(res: Response, sent: Sent, refused: Exclude<WhyNot, 'draft'>): string {
  const { event } = sent.place;
  const { lang } = res.locals;
  const t = textsIn(lang);
  const { tid } = lastMinuteBefore(sent.situation.signUpEnd, lang);
  switch (refused) {
    case 'closed':
      return t('sista.underIfyllning', { tid });
    case 'upcoming':
      return openingWords(event, lang);
    case 'full':
      return t(knewOfQueue(sent) ? 'nej.full.koStangd' : 'nej.full.text');
    default:
      return t(`nej.${refused}.text`);
  }
}

/** A post has no page of its own to show in another language: the event's page stands for it. */
function eventIn(slug: string) {
  return (language: Language) => inLanguage(paths.event(slug), language);
}
