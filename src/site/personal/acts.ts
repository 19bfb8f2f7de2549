import type { Request, RequestHandler, Response } from 'express';
import { paths } from '../../base/paths.ts';
import type { Mode } from '../../events/event.ts';
import { type Situation, situationOf } from '../../events/situation.ts';
import { mailsAbout } from '../../inbox/queries.ts';
import { ownInvitation } from '../../letters/own-invitation.ts';
import { ownMeetings } from '../../meeting-reports/person.ts';
import { answersOf } from '../../registrations/answers.ts';
import { hasDeclined } from '../../registrations/changes/calendar-answer.ts';
import { cancelRegistration } from '../../registrations/changes/cancel.ts';
import { linkOnlyShows, proveAddress } from '../../registrations/personal/links.ts';
import { findOwn, type Own, ownData } from '../../registrations/personal/opened.ts';
import { findOwnList, type OwnList } from '../../registrations/personal/own-list.ts';
import { mayCancel, modesBack, modesOfSeated } from '../../registrations/personal/rules.ts';
import type { Offer } from '../../registrations/question-rules.ts';
import { agreesToWait } from '../../registrations/sign-up/admission.ts';
import { changesForm, changesOf, waysOf } from '../../registrations/sign-up/form.ts';
import { register } from '../../registrations/sign-up/register.ts';
import { inLanguage } from '../../texts/addresses.ts';
import { datesIn } from '../../texts/dates.ts';
import { capital } from '../../texts/grammar.ts';
import { textsIn, type Words } from '../../texts/texts.ts';
import { sendPersonalFile } from '../../web/files/files.ts';
import { type Errors, type FormAnswers, hasErrors, readForm } from '../../web/forms.ts';
import { sendPage } from '../../web/pages.ts';
import { offerOf } from '../sign-up/form.ts';
import { markFor, momentFor } from '../sign-up/grace.ts';
import { waitIn } from '../sign-up/modes.ts';
import { saveOwn, sendOwnConflict } from './merged-edits.ts';
import { sendNewLinkPage } from './new-link.ts';
import { sendOwn } from './page.ts';

type OwnRequest = Request<{ token: string }>;

/**
 * Opens the personal link for a handler; one that is made up gets a page that offers a new one. An old link only shows:
 * anything else gets a 410 with what it shows.
 * @param handleList does the same for one who only signed up others; a handler that has it only shows
 */
export function own(
  handle: (own: Own, req: OwnRequest, res: Response) => Promise<void>,
  handleList?: (list: OwnList, req: OwnRequest, res: Response) => Promise<void>,
): RequestHandler<{ token: string }> {
  return async (req, res) => {
    const { context, lang, now } = res.locals;
    const t = textsIn(lang);
    res.set({ 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex' });
    const found = await findOwn(req.params.token, context.settings);
    const list = handleList && !found && (await findOwnList(req.params.token, context.settings));
    if (list) return handleList(list, req, res);
    if (!found)
      return sendNewLinkPage(res, 404, { title: t('min.lank.okand.rubrik'), text: t('min.lankOgiltig') });
    if (!handleList && linkOnlyShows(found.event.end, now)) return sendOwn(res, found, { status: 410 });
    if (req.method === 'POST') await proveAddress(context, found.registration);
    await handle(found, req, res);
  };
}

/** One's own registration with what can be done about it now. */
export async function showOwn(place: Own, req: OwnRequest, res: Response): Promise<void> {
  const { klart: done, samtidigt } = req.query;
  await sendOwn(res, place, { done, also: String(samtidigt ?? '').split(',') });
}

/**
 * Changes the person's own answers until the last moment for it; a form that was begun before that has a grace time.
 */
export async function submitOwn(place: Own, req: OwnRequest, res: Response): Promise<void> {
  const { lang } = res.locals;
  const t = textsIn(lang);
  const { mode, status } = place.registration;
  const waits = status === 'waiting';
  const offer = offerTo(place, res.locals.now);
  const answers = await readForm(req, changesForm(t), { offer });
  const moment = momentFor(req, place.event, res);
  if (status === 'confirmed' && answers.values.mode?.includes(','))
    return sendOwn(res, place, { ...promotedSince(answers, mode, t), moment });
  if (hasErrors(answers)) return sendOwn(res, place, { ...answers, moment });
  const edit = { ...changesOf(req.body, offer), ...(waits && { modes: waysOf(req.body, offer) }) };
  const { outcome, theirs, conflict } = await saveOwn(res, place, edit, { seen: req.body.seen, moment });
  if (conflict) return sendOwnConflict(res, place, conflict);
  if (!('refused' in outcome)) {
    const also = theirs.length > 0 ? `&samtidigt=${theirs.join(',')}` : '';
    return res.redirect(303, `${ownPath(req, res)}?klart=andrad${also}`);
  }
  const errors: Errors =
    outcome.refused === 'full' ? { mode: t(waits ? 'fel.fullt.ko' : 'fel.fullt.byte') } : {};
  await sendOwn(res, place, { values: answers.values, errors, moment });
}

function offerTo(place: Own, now: Date): Offer {
  const { mode, status } = place.registration;
  if (status === 'waiting') return { ...offerOf(place), several: true };
  return { ...offerOf(place), modes: modesOfSeated(mode, situationOf(place.event, now)) };
}

/** The form of somebody who waited for several ways, and has a seat since it was shown: it is asked for again, with that seat. */
function promotedSince({ values, errors }: FormAnswers, mode: Mode, t: Words): FormAnswers {
  return { values: { ...values, mode }, errors: { ...errors, mode: t(`fel.platsMedan.${mode}`) } };
}

/** Asks whether one really wants to cancel; opening the page does nothing, since programs open links in letters. */
export async function showCancel(place: Own, req: OwnRequest, res: Response): Promise<void> {
  const { lang, now } = res.locals;
  const situation = situationOf(place.event, now);
  if (!mayCancel(place.registration, situation)) return res.redirect(303, ownPath(req, res));
  const t = textsIn(lang);
  const { event, authority, registration } = place;
  const texts = registration.status === 'waiting' ? ('lamna' as const) : ('avboka' as const);
  sendPage(res, 'site/personal/cancel', {
    title: t(`min.${texts}.fraga`, { titel: event.title }),
    texts,
    ...{ event, authority, token: req.params.token },
    explanation: leavingWords(place, situation, t),
    declined: hasDeclined(place.registration),
    mark: markFor(event, {}, res),
    when: capital(datesIn(lang).when(event.start, event.end)),
  });
}

/** What becomes of the seat or the place in the queue, and whether there is a way back. */
function leavingWords({ registration, event }: Own, situation: Situation, t: Words): string {
  const isClosed = situation.status === 'closed';
  if (registration.status === 'waiting') return t(isClosed ? 'min.lamna.sent' : 'min.lamna.hjalp');
  const { mode } = registration;
  const queued = situation.isListOpen && event.waiting[mode] > 0 ? 'ko' : 'ledig';
  const plats = event.seats[mode] === null || (isClosed && queued === 'ledig') ? 'antal' : queued;
  return [t('min.avboka.hjalp', { plats }), t(isClosed ? 'min.avboka.inteIgen' : 'min.avboka.igen')].join(
    ' ',
  );
}

/** Cancels. Twice is no error; where it is too late one's own page says so. */
export async function submitCancel(place: Own, req: OwnRequest, res: Response): Promise<void> {
  const moment = momentFor(req, place.event, res);
  const outcome = await cancelRegistration(res.locals.context, place.registration._id, moment);
  if ('refused' in outcome) return sendOwn(res, place, { errors: {} });
  res.redirect(303, `${ownPath(req, res)}?klart=avbokad`);
}

/** Signs the same person up again: a new registration with a link of its own, as anybody's. */
export async function submitAgain(
  { registration, event, authority }: Own,
  req: OwnRequest,
  res: Response,
): Promise<void> {
  const { context, lang, now } = res.locals;
  if (registration.status !== 'cancelled') return res.redirect(303, ownPath(req, res));
  const ways = modesBack(registration, situationOf(event, now));
  const outcome = await register(
    context,
    event._id,
    { ...answersOf(registration), language: lang },
    { modes: ways, wait: agreesToWait(waitIn(req), ways), proven: true },
  );
  if (!('refused' in outcome)) {
    const thanks = outcome.waits ? paths.queueThanks : paths.thanks;
    return res.redirect(303, inLanguage(thanks(event.slug), lang));
  }
  await sendOwn(res, { registration, event: outcome.event, authority }, { errors: {} });
}

/** The person's own invitation as a file, for a calendar that has lost it. Where there is none, the page says how things stand. */
export async function sendOwnInvitation(place: Own, req: OwnRequest, res: Response): Promise<void> {
  const invitation = await ownInvitation(place.registration, res.locals.context.settings);
  if (!invitation) return res.redirect(303, ownPath(req, res));
  const type = 'text/calendar; charset=utf-8; method=REQUEST';
  const file = { name: 'inbjudan.ics', type, page: ownPath(req, res) };
  await sendPersonalFile(req, res, file, async () => invitation);
}

/** All data held about oneself, as a file. */
export async function sendOwnData(place: Own, req: OwnRequest, res: Response): Promise<void> {
  const file = { name: 'min-anmalan.json', type: 'json', page: ownPath(req, res) };
  await sendPersonalFile(req, res, file, async () => {
    const [mails, meetings] = await Promise.all([ownMails(place), ownMeetings(place.registration)]);
    const data = { ...(await ownData(place)), mails, meetings };
    return `${JSON.stringify(data, null, 2)}\n`;
  });
}

async function ownMails({ registration }: Own) {
  const mails = await mailsAbout(registration);
  return mails.map(({ _id, ...mail }) => mail);
}

/** Some addresses are for posts only; who opens one is led to the registration. */
export async function toOwn(req: Request<{ token: string }>, res: Response): Promise<void> {
  res.redirect(303, ownPath(req, res));
}

function ownPath(req: OwnRequest, res: Response): string {
  return inLanguage(paths.registration(req.params.token), res.locals.lang);
}
