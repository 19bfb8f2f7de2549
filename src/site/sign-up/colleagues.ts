import type { Request, Response } from 'express';
import { paths } from '../../base/paths.ts';
import type { Mode } from '../../events/event.ts';
import type { Situation } from '../../events/situation.ts';
import { type Lack, registerColleagues } from '../../registrations/sign-up/colleagues.ts';
import {
  colleaguesForm,
  groupOf,
  mostColleagues,
  removeColleague,
} from '../../registrations/sign-up/colleagues-form.ts';
import { inLanguage } from '../../texts/addresses.ts';
import { textsIn, type Words } from '../../texts/texts.ts';
import { hasErrors, readForm, typedIn } from '../../web/forms.ts';
import { offerOf } from './form.ts';
import { waitIn } from './modes.ts';
import { asFound, type Sent, sendBack, sendForm, sendInvalid, sendRefused } from './page.ts';

type FormRequest = Request<{ slug: string }>;
/** A form for so many colleagues, and how the event stands. */
type GroupForm = Pick<Sent, 'place' | 'situation' | 'colleagues'>;

/** True where a button was pressed that only adds somebody to the form, or takes somebody out of it. */
export function changesPeople({ body }: FormRequest): boolean {
  return body?.add !== undefined || body?.remove !== undefined;
}

/** The form with one more empty colleague, or one less; nothing is taken, and nothing is wrong yet. */
export function submitPeople(req: FormRequest, res: Response, form: GroupForm): void {
  const { place, situation } = form;
  const [colleagues, focus] = changePeople(req, form.colleagues);
  const sent: Sent = {
    ...{ place, situation, colleagues, values: typedIn(req), errors: {}, ways: [], wait: waitIn(req) },
  };
  const { status, joinable } = situation;
  const canJoin = status === 'open' || joinable.length > 0;
  if (canJoin) sendForm(res, sent, { status: 200, focus });
  else sendBack(res, sent, status);
}

/** @returns how many colleagues there are then, and the field to begin with */
function changePeople({ body }: FormRequest, before: number): [colleagues: number, focus: string] {
  if (body.add !== undefined) {
    const colleagues = Math.max(before, Math.min(before + 1, mostColleagues));
    return [colleagues, `colleagueGivenName-${colleagues}`];
  }
  const number = Number(body.remove);
  if (!Number.isInteger(number) || number < 1 || number > before) return [before, 'add'];
  removeColleague(body, number, before);
  return [before - 1, 'add'];
}

/** Signs everybody in the form up, or nobody. */
export async function submitColleagues(req: FormRequest, res: Response, form: GroupForm): Promise<void> {
  const { place, situation, colleagues } = form;
  const { lang, context } = res.locals;
  const offer = offerOf(place);
  const answers = await readForm(req, colleaguesForm(textsIn(lang), req.body, colleagues), { offer });
  const sent: Sent = { ...answers, ...form, ways: [], wait: waitIn(req) };
  if (hasErrors(answers)) return sendInvalid(res, sent);

  const wait = offer.modes.filter((mode) => sent.wait.includes(mode));
  const group = groupOf(req.body, offer, lang, colleagues);
  const outcome = await registerColleagues(context, place.event._id, group, {
    ...{ wait, left: leftIn(req), moment: situation.now },
  });
  if (!('refused' in outcome))
    return res.redirect(303, inLanguage(paths.groupThanks(place.event.slug), lang));
  const found = asFound(sent, outcome.event);
  if (outcome.refused === 'partly') sendGroupBack(res, found, outcome.lacking);
  else sendRefused(res, found, outcome);
}

/** How many seats the form has said to be left (hidden `left`, as `plats:2`). */
function leftIn({ body }: FormRequest): Partial<Record<Mode, number>> {
  const told = [body.left ?? []].flat().map((one) => String(one).split(':'));
  return Object.fromEntries(told.map(([mode, left]) => [mode, Number(left)]));
}

/** The choice, put plainly before anything is taken: who would get a seat, who would wait, and what else one can do. */
function sendGroupBack(res: Response, sent: Sent, lacking: Lack[]): void {
  const t = textsIn(res.locals.lang);
  const { isListOpen: isOpen } = sent.situation;
  const wait: Mode[] = isOpen ? lacking.map(({ mode }) => mode) : [];
  const notice = [...lacking.map((lack) => lackWords(lack, isOpen, t)), otherwise(sent.situation, t)].join(
    '\n',
  );
  sendForm(res, sent, { notice, wait, left: lacking });
}

function lackWords({ mode, wanted, left }: Lack, isOpen: boolean, t: Words): string {
  const lack = t('kollegor.brist', { antal: wanted, satt: mode, kvar: left });
  return isOpen
    ? `${lack} ${t('kollegor.brist.ko', { antal: wanted, kvar: left, rest: wanted - left })}`
    : lack;
}

function otherwise({ offered, isListOpen }: Situation, t: Words): string {
  const oneWay = offered.length === 1;
  if (isListOpen) return t(oneWay ? 'kollegor.andra.taBort' : 'kollegor.andra');
  return t(oneWay ? 'kollegor.stangd.taBort' : 'kollegor.stangd');
}
