import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { paths } from '../../base/paths.ts';
import { titleWithRoom } from '../../events/planning/parallel.ts';
import { findOwnFile } from '../../files/keeping.ts';
import { answerInvitation, hindranceToAnswer } from '../../speakers/engagements/answer.ts';
import type { Proposal } from '../../speakers/engagements/engagement.ts';
import type { Appearance } from '../../speakers/engagements/letters.ts';
import { findAppearance } from '../../speakers/engagements/links.ts';
import {
  fieldOf,
  personQuestions,
  sessionQuestions,
  speakersForm,
} from '../../speakers/engagements/page-form.ts';
import { proposalAnswers, proposalIn, proposed } from '../../speakers/engagements/proposed-texts.ts';
import { slotOf } from '../../speakers/engagements/slot.ts';
import { mostSlides } from '../../speakers/engagements/uploads.ts';
import { sessionsOf } from '../../speakers/entries/sessions.ts';
import type { SpeakerEntry } from '../../speakers/entries/speaker.ts';
import { entryById } from '../../speakers/register.ts';
import { inLanguage } from '../../texts/addresses.ts';
import { datesIn } from '../../texts/dates.ts';
import { capital } from '../../texts/grammar.ts';
import { type Language, textsIn, type Words } from '../../texts/texts.ts';
import { NotFound } from '../../web/errors.ts';
import { sendPicture } from '../../web/files/send-stored.ts';
import { type Errors, hasErrors, readForm } from '../../web/forms.ts';
import { sendPage } from '../../web/pages.ts';
import { fileMegabytes, readUploads } from './uploads.ts';

type SpeakerRequest = Request<{ token: string }>;
type OwnAppearance = Appearance & { entry: SpeakerEntry };

/** Opens a speaker's personal link for a handler. */
export function asSpeaker(
  handle: (own: OwnAppearance, req: SpeakerRequest, res: Response) => Promise<void>,
): RequestHandler<{ token: string }> {
  return async (req, res) => {
    res.set({ 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex' });
    const found = await findAppearance(req.params.token, res.locals.context.settings);
    const entry = found && (await entryById(found.engagement.speaker));
    if (!found || !entry) throw new NotFound();
    await handle({ ...found, entry }, req, res);
  };
}

/** Shows what a speaker is asked, and what they have answered; it changes nothing, since programs open links in letters. */
export async function showEngagement(own: OwnAppearance, req: SpeakerRequest, res: Response): Promise<void> {
  sendEngagement(own, req, res, { done: req.query.klart });
}

/** Takes a speaker's answer and what they write. */
export async function submitEngagement(
  own: OwnAppearance,
  req: SpeakerRequest,
  res: Response,
): Promise<void> {
  const { context, lang } = res.locals;
  const { engagement, event, entry } = own;
  const seen = asSeen(proposed(event, entry, engagement), req.body.session);
  const { values, errors: wrong } = await readForm(req, speakersForm(textsIn(lang), seen.sessions.length));
  const { uploads, status, ...files } = await readUploads(req, res, engagement);
  const errors = { ...wrong, ...files.errors };
  if (hasErrors({ errors })) return sendEngagement(own, req, res, { values, errors, status });
  const isComing = req.body.answer === 'ja';
  const answered = await answerInvitation(context, engagement._id, {
    isComing,
    needs: req.body.needs,
    proposal: isComing ? proposalIn(req.body, seen) : null,
    uploads,
  });
  if ('refused' in answered) return sendEngagement(own, req, res, { values, errors: {}, status: 422 });
  const klart = isComing ? 'ja' : 'nej';
  res.redirect(303, `${inLanguage(paths.engagement(req.params.token), lang)}?klart=${klart}`);
}

/** The speaker's sessions in the order of the form, which names them (`session`); one that has come since is not in it. */
function asSeen(now: Proposal, ids: unknown): Proposal {
  if (ids === undefined) return now;
  const own = [ids].flat().map(String);
  const sessions = own.flatMap((id) => now.sessions.find(({ session }) => String(session) === id) ?? []);
  return { ...now, sessions };
}

/** The speaker's own portrait for their page, whether visitors may see it or not. */
export async function sendOwnPortrait(
  { engagement, entry }: OwnAppearance,
  _req: SpeakerRequest,
  res: Response,
) {
  const hash = engagement.portrait ?? entry.portrait ?? '';
  const file = await findOwnFile(hash, engagement.authority);
  if (!file) throw new NotFound();
  sendPicture(res, file, false);
}

/** Refuses a link that was made up, before anything of a form with files is read. */
export async function speakersOnly(req: SpeakerRequest, res: Response, next: NextFunction): Promise<void> {
  const isKnown = await findAppearance(req.params.token, res.locals.context.settings);
  next(isKnown ? undefined : new NotFound());
}

type SpeakerForm = { values?: Record<string, string>; errors?: Errors; done?: unknown; status?: number };

function sendEngagement(own: OwnAppearance, req: SpeakerRequest, res: Response, shown: SpeakerForm): void {
  const { lang, now } = res.locals;
  const { values, errors = {}, done } = shown;
  const t = textsIn(lang);
  const { engagement, event, authority, entry } = own;
  const { token } = req.params;
  const answers = { ...valuesOf(own), ...(values && { agrees: '' }), ...values };
  const error = hasErrors({ errors });
  const page = {
    title: t('medverkan.rubrik'),
    addressIn: (language: Language) => inLanguage(paths.engagement(token), language),
    ...{ event, authority, engagement, token, errors, error },
    done: done === 'ja' || done === 'nej' ? t(`medverkan.sparat.${done}`) : '',
    hindrance: hindranceToAnswer(engagement, event, now),
    values: answers,
    ...questionsOf(own, t),
    slides: { mb: fileMegabytes, antal: mostSlides },
    hasPortrait: Boolean(engagement.portrait ?? entry.portrait),
    facts: factsOf(own, lang),
    hasPage: event.state !== 'draft',
    presented: [entry.title, entry.organisation].filter(Boolean).join(', '),
  };
  sendPage(res, 'site/speaker/page', page, shown.status ?? (error ? 422 : 200));
}

/** The questions about each of the speaker's sessions, and about themselves. */
function questionsOf({ event, engagement }: OwnAppearance, t: Words) {
  const sessions = sessionsOf(event, engagement.speaker);
  const groups = sessions.map(({ _id, title: titel }, index) => ({
    session: _id,
    legend: sessions.length > 1 ? t('medverkan.forslag.en', { titel }) : t('medverkan.forslag.rubrik'),
    fields: sessionQuestions.map(({ name, lines }) => ({
      ...{ name: fieldOf(name, index), label: t(`medverkan.${name}`), lines },
    })),
  }));
  return { groups, person: personQuestions };
}

function valuesOf({ engagement, event, entry }: OwnAppearance): Record<string, string> {
  const { status, needs, agrees } = engagement;
  const answers = { invited: '', accepted: 'ja', declined: 'nej', removed: '' };
  return {
    ...proposalAnswers(proposed(event, entry, engagement)),
    needs,
    answer: answers[status],
    agrees: agrees ? 'ja' : '',
  };
}

function factsOf({ event, engagement }: OwnAppearance, lang: Language) {
  const t = textsIn(lang);
  const { start, end, place } = slotOf(event, engagement.speaker);
  const contact = [event.contactName, event.contactEmail, event.contactPhone].filter(Boolean);
  return [
    { term: t('evenemang.nar'), text: capital(datesIn(lang).when(start, end)) },
    { term: t('evenemang.var'), text: place || t('falt.deltagande.digitalt') },
    { term: t('medverkan.program'), lines: sessionsOf(event, engagement.speaker).map(titleWithRoom) },
    { term: t('mejl.fragor'), lines: contact },
  ];
}
