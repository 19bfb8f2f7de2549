import type { Request, Response } from 'express';
import { changeSettings } from '../../authorities/settings.ts';
import { yearOf } from '../../base/dates.ts';
import type { FormValues } from '../../base/form/merging.ts';
import { paths } from '../../base/paths.ts';
import {
  initiativeAnswers,
  initiativeFields,
  initiativeForm,
  initiativeOf,
  initiativeRows,
} from '../../events/initiative-form.ts';
import { type Errors, hasErrors, readForm } from '../../web/forms.ts';
import { sendPage } from '../../web/pages.ts';
import { sendEditConflict } from '../parts/edit-conflict.ts';
import { ownBoard } from '../parts/guard.ts';
import { withQuery } from '../parts/query-string.ts';

/** The county board's initiative: what the page of the year measures by. */
export async function showInitiative(req: Request, res: Response): Promise<void> {
  const { initiative, version } = ownBoard(res);
  const answers = initiativeAnswers(initiative, yearOf(res.locals.now));
  sendInitiative(res, { ...answers, version: String(version) }, {}, req.query.klart);
}

/** Saves the initiative as it was seen; with `remove` there is none any more. */
export async function submitInitiative(req: Request, res: Response): Promise<void> {
  const isRemoved = req.body.remove === 'ja';
  const { values, errors } = await readForm(req, initiativeForm());
  const { factors } = req.body;
  if (!isRemoved && hasErrors({ errors })) return sendInitiative(res, { ...values, factors }, errors);
  const initiative = isRemoved ? null : initiativeOf(req.body);
  const { context, now } = res.locals;
  const saved = await changeSettings(context, ownBoard(res)._id, Number(values.version), { initiative });
  const klart = isRemoved ? 'borttaget' : 'sparat';
  if (!('refused' in saved)) return res.redirect(303, withQuery(paths.initiative(), { klart }));
  sendEditConflict(res, {
    action: paths.initiative(),
    fields: initiativeFields,
    now: initiativeAnswers(saved.authority.initiative, yearOf(now)),
    typed: { ...values, factors },
    version: saved.authority.version,
  });
}

function sendInitiative(res: Response, values: FormValues, errors: Errors, done?: unknown): void {
  const error = hasErrors({ errors });
  const page = {
    title: 'Satsning',
    current: 'settings',
    rows: initiativeRows,
    exists: ownBoard(res).initiative !== null,
    ...{ values, errors, error, done },
  };
  sendPage(res, 'office/planning/initiative', page, error ? 422 : 200);
}
