import type { Request, RequestHandler, Response } from 'express';
import { datesIn } from '../base/dates.ts';
import { inLanguage, paths } from '../base/paths.ts';
import { textsIn } from '../base/texts.ts';
import type { Place } from '../events/listing.ts';
import { statusOf } from '../events/rules.ts';
import { personForm, personOf } from '../registrations/form.ts';
import { type Refusal, register } from '../registrations/register.ts';
import { NotFound } from '../web/errors.ts';
import { type Answers, hasErrors, readForm } from '../web/forms.ts';
import { sendPage } from '../web/pages.ts';
import { placeAt, placeFacts } from './event.ts';
import { closingWords, deadlineWords, freeModes, openingWords } from './event-words.ts';
import { markFor, momentFor } from './grace.ts';
import { answersInWords, formPartsOf, offerOf, trap } from './registration-form.ts';

/** Somebody signs up. */
export const submitRegistration: RequestHandler<{ slug: string }> = async (req, res) => {
  const place = await placeAt(req.params.slug);
  const { lang, act } = res.locals;
  const thanks = inLanguage(paths.thanks(place.event.slug), lang);
  if (req.body?.[trap]) return res.redirect(303, thanks);

  const offer = offerOf(place);
  const moment = momentFor(req, place.event, res);
  const answers = await readForm(req, personForm(textsIn(lang), offer));
  if (hasErrors(answers)) {
    const status = statusOf(place.event, moment);
    return status === 'open'
      ? sendForm(res, place, answers)
      : sendRefusal(res, place, status, answers.values);
  }

  const { event, authority } = place;
  const where = { event: event._id, authority };
  const outcome = await register(act, where, personOf(req.body, offer, lang), { moment });
  if (!('refused' in outcome)) return res.redirect(303, thanks);
  sendRefusal(res, { ...place, event: outcome.event }, outcome.refused, answers.values);
};

/** What happens after a sign-up. It says nothing of a person: anybody can open it. */
export const showThanks: RequestHandler<{ slug: string }> = async (req, res) => {
  const { event, authority } = await placeAt(req.params.slug);
  const { lang } = res.locals;
  const t = textsIn(lang);
  const [when, where] = placeFacts(event, lang);
  sendPage(res, 'site/thanks', {
    title: t('klart.rubrik'),
    current: 'events',
    event,
    authority,
    facts: [when, where],
  });
};

/** The address of the form is for posts; who opens it is led to the form. */
export const toForm: RequestHandler<{ slug: string }> = (req: Request<{ slug: string }>, res) => {
  res.redirect(303, `${inLanguage(paths.event(req.params.slug), res.locals.lang)}#anmalan`);
};

/** The form again, with what was typed and what is wrong with it, or with what has happened meanwhile. */
function sendForm(res: Response, place: Place, { values, errors }: Answers, notice?: string): void {
  const { lang, now } = res.locals;
  const t = textsIn(lang);
  const { event, authority } = place;
  const parts = formPartsOf(place, t);
  sendPage(
    res,
    'site/registration',
    {
      title: `${t('anmalan.rubrik')}: ${event.title}`,
      error: true,
      languageLink: eventInOtherLanguage(res, event.slug),
      ...{ event, authority, errors, notice },
      day: datesIn(lang).long(event.start),
      values: { ...values, ...parts.preset },
      form: parts,
      mark: markFor(event, values, res),
      deadline: deadlineWords(event, lang, now),
    },
    422,
  );
}

/** Why the sign-up was not taken, with what was typed kept in view; where the other way has seats, the form with that chosen. */
function sendRefusal(
  res: Response,
  place: Place,
  refused: Refusal['refused'],
  values: Answers['values'],
): void {
  const { lang } = res.locals;
  const t = textsIn(lang);
  if (refused === 'draft') throw new NotFound();
  const { event, authority } = place;
  const [free] = freeModes(event);
  if (refused === 'full' && free) {
    const notice = t(free === 'digitalt' ? 'fel.fullt' : 'fel.fulltDigitalt');
    sendForm(res, place, { values: { ...values, mode: free }, errors: {} }, notice);
    return;
  }
  sendPage(
    res,
    'site/refused',
    {
      title: t(`nej.${refused}.rubrik`),
      error: true,
      languageLink: eventInOtherLanguage(res, event.slug),
      ...{ event, authority },
      reason: reasonOf(res, place, refused),
      ownReason: refused === 'cancelled' ? event.cancelReason : '',
      typed: answersInWords(values, place, t),
    },
    422,
  );
}

function reasonOf(res: Response, { event }: Place, refused: Exclude<Refusal['refused'], 'draft'>): string {
  const { lang } = res.locals;
  const t = textsIn(lang);
  const { tid } = closingWords(event, lang);
  switch (refused) {
    case 'closed':
      return t('sista.underIfyllning', { tid });
    case 'upcoming':
      return openingWords(event, lang);
    default:
      return t(`nej.${refused}.text`);
  }
}

/** A post has no page of its own to show in the other language: the event's page stands for it. */
function eventInOtherLanguage(res: Response, slug: string): string {
  return inLanguage(paths.event(slug), res.locals.lang === 'sv' ? 'en' : 'sv');
}
