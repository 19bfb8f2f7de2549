import type { Request, Response } from 'express';
import { paths } from '../../base/paths.ts';
import { situationOf } from '../../events/situation.ts';
import { agreesToWait } from '../../registrations/sign-up/admission.ts';
import { numberColleagues } from '../../registrations/sign-up/colleagues-form.ts';
import { personForm, personOf, waysOf } from '../../registrations/sign-up/form.ts';
import { register } from '../../registrations/sign-up/register.ts';
import { inLanguage } from '../../texts/addresses.ts';
import { textsIn } from '../../texts/texts.ts';
import { hasErrors, readForm } from '../../web/forms.ts';
import { postedEventAt } from '../parts/event-facts.ts';
import { changesPeople, submitColleagues, submitPeople } from './colleagues.ts';
import { offerOf, trap } from './form.ts';
import { momentFor } from './grace.ts';
import { waitIn } from './modes.ts';
import { asFound, sendInvalid, sendRefused } from './page.ts';

/** Somebody signs up, alone or with colleagues. */
export async function submitRegistration(req: Request<{ slug: string }>, res: Response): Promise<void> {
  const place = await postedEventAt(req.params.slug);
  const { lang, context } = res.locals;
  req.body ??= {};
  const { event } = place;
  const thanks = inLanguage(paths.thanks(event.slug), lang);
  if (req.body[trap]) return res.redirect(303, thanks);

  const moment = momentFor(req, event, res);
  const situation = situationOf(event, moment);
  const colleagues = numberColleagues(req.body);
  if (changesPeople(req)) return submitPeople(req, res, { place, situation, colleagues });
  if (colleagues > 0) return submitColleagues(req, res, { place, situation, colleagues });

  const offer = { ...offerOf(place), several: true };
  const answers = await readForm(req, personForm(textsIn(lang)), { offer });
  const ways = waysOf(req.body, offer);
  const sent = { ...answers, place, situation, colleagues, ways, wait: waitIn(req) };
  if (hasErrors(answers)) return sendInvalid(res, sent);

  const options = { modes: ways, wait: agreesToWait(sent.wait, ways), moment };
  const outcome = await register(context, event._id, personOf(req.body, offer, lang), options);
  if ('refused' in outcome) return sendRefused(res, asFound(sent, outcome.event), outcome);
  res.redirect(303, outcome.waits ? inLanguage(paths.queueThanks(event.slug), lang) : thanks);
}

/** The address of the form is for posts; who opens it is led to the form. */
export async function toForm(req: Request<{ slug: string }>, res: Response): Promise<void> {
  res.redirect(303, `${inLanguage(paths.event(req.params.slug), res.locals.lang)}#anmalan`);
}
