import type { Request, Response } from 'express';
import { lookUp } from '../../base/form/look-up.ts';
import type { Event } from '../../events/event.ts';
import { moveSession, removeSession, shiftSessions } from '../../events/programme/sessions.ts';
import { shiftForm, shiftPlan } from '../../events/programme/shift-form.ts';
import { changeProgramme, type Saved } from '../../speakers/programme.ts';
import { hasErrors, readForm } from '../../web/forms.ts';
import { ownEvent } from '../parts/guard.ts';
import { answer } from './answer.ts';
import { partOf } from './answers.ts';
import { sendProgramme } from './page.ts';
import { submitSession } from './submit-session.ts';

/** Adds a part, changes one (`session`), takes one away (`remove`), moves one (`move`), or shifts what comes later (`shift`). */
export async function submitProgramme(req: Request, res: Response): Promise<void> {
  const event = await ownEvent(req, res);
  const session = req.body.session ? partOf(event, req.body.session) : undefined;
  const { context } = res.locals;
  const version = Number(req.body.version);
  const way = lookUp(ways, req.body.move);
  const save = (change: () => Promise<Saved>) => changeProgramme(context, event._id, change);
  if (req.body.shift !== undefined) return submitShift(req, res, event);
  if (!session || (!way && req.body.remove === undefined)) return submitSession(req, res, { event, session });
  const key = session._id;
  const saved = way
    ? await save(() => moveSession(context, event._id, version, { key, way }))
    : await save(() => removeSession(context, event._id, version, key));
  await answer(req, res, saved, { session });
}

const ways = { upp: 'up', ner: 'down' } as const;

async function submitShift(req: Request, res: Response, event: Event): Promise<void> {
  const version = Number(req.body.version);
  const { values, errors } = await readForm(req, shiftForm(event));
  if (hasErrors({ errors })) return sendProgramme(res, event, { shift: values, errors });
  const { context } = res.locals;
  const plan = shiftPlan(event, req.body);
  const shift = () => shiftSessions(context, event._id, version, plan);
  await answer(req, res, await changeProgramme(context, event._id, shift), {});
}
