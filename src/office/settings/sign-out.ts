import type { Request, Response } from 'express';
import { paths } from '../../base/paths.ts';
import { signOut, signOutEverywhere } from '../../organisers/sign-in-session.ts';
import { unmarkBrowser } from '../../web/browser-mark.ts';
import { NotFound } from '../../web/errors.ts';
import { endSession, sessionCookie } from '../../web/sessions.ts';
import { ownBoard } from '../parts/guard.ts';
import { withQuery } from '../parts/query-string.ts';

/** Signs out in this browser. */
export async function submitSignOut(req: Request, res: Response): Promise<void> {
  await signOut(ownId(res), req.session.signIn);
  await leave(req, res);
}

/** Signs out in every browser, this one too. */
export async function submitSignOutEverywhere(req: Request, res: Response): Promise<void> {
  await signOutEverywhere(res.locals.context, ownBoard(res)._id, ownId(res));
  await leave(req, res);
}

/** Signs out in one of one's browsers. */
export async function submitSignOutDevice(req: Request<{ id: string }>, res: Response): Promise<void> {
  const { id } = req.params;
  if (!(await signOut(ownId(res), id))) throw new NotFound();
  res.redirect(303, withQuery(paths.ownSettings(), { klart: 'utloggad' }));
}

async function leave(req: Request, res: Response): Promise<void> {
  await endSession(req);
  res.clearCookie(sessionCookie, { path: paths.office() });
  unmarkBrowser(res);
  res.redirect(303, paths.signIn());
}

function ownId(res: Response): string {
  return res.locals.organiser?.id ?? '';
}
