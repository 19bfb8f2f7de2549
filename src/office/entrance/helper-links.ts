import type { Request, Response } from 'express';
import { idFrom } from '../../base/database.ts';
import { needed, personName } from '../../base/form/fields.ts';
import { paths } from '../../base/paths.ts';
import type { Event } from '../../events/event.ts';
import {
  listHelperLinks,
  makeHelperLink,
  revokeHelperLink,
} from '../../registrations/participants/helper-link.ts';
import { NotFound } from '../../web/errors.ts';
import { type FormAnswers, hasErrors, readForm } from '../../web/forms.ts';
import { sendPage } from '../../web/pages.ts';
import { stateOf } from '../parts/event-state.ts';
import { ownEvent } from '../parts/guard.ts';
import { withQuery } from '../parts/query-string.ts';

/** What the page shows besides the links that there are: the one that was just made, or the form as it was sent. */
type HelperLinksPage = { made?: string; revoked?: boolean; form?: FormAnswers };

/** Who helps at the entrance, and a form for another. */
export async function showHelperLinks(req: Request, res: Response): Promise<void> {
  await sendHelperLinks(res, await ownEvent(req, res), { revoked: req.query.klart === 'indragen' });
}

/** Makes a link. The answer is the page itself and no redirect: the link is shown only here. */
export async function submitHelperLink(req: Request, res: Response): Promise<void> {
  const event = await ownEvent(req, res);
  const form = await readForm(req, helperForm());
  if (hasErrors(form)) return sendHelperLinks(res, event, { form });
  const made = await makeHelperLink(res.locals.context, event, req.body.name);
  if (typeof made === 'string') return sendHelperLinks(res, event, { made });
  await sendHelperLinks(res, event, { form: { ...form, errors: { name: refusals[made.refused] } } });
}

/** Ends a link. */
export async function submitRevoke(req: Request, res: Response): Promise<void> {
  const event = await ownEvent(req, res);
  const id = idFrom(req.params.link);
  if (!id || !(await revokeHelperLink(res.locals.context, event, id))) throw new NotFound();
  res.redirect(303, withQuery(paths.helperLinks(event._id), { klart: 'indragen' }));
}

const refusals = {
  notOn: 'Evenemanget är inte publicerat. Ingen länk är gjord',
  over: 'Evenemangets dag är över. Ingen länk är gjord',
};

function helperForm() {
  const missing = 'Skriv vem som hjälper till, till exempel Kim Ek';
  return [needed(personName('name', 'Namnet', 100, missing), missing)];
}

async function sendHelperLinks(
  res: Response,
  event: Event,
  { made, revoked, form }: HelperLinksPage,
): Promise<void> {
  const { now } = res.locals;
  const { values, errors } = form ?? { values: {}, errors: {} };
  const page = {
    title: `Hjälp vid ingången: ${event.title}`,
    heading: 'Hjälp vid ingången',
    current: 'events',
    state: stateOf(event, now),
    links: await listHelperLinks(event._id, now),
    ...{ event, made, revoked, values, errors, error: form !== undefined },
  };
  sendPage(res, 'office/entrance/helper-links', page, form ? 422 : 200);
}
