import type { Request, RequestHandler, Response } from 'express';
import { paths } from '../../base/paths.ts';
import { signOut, signOutEverywhere } from '../../organisers/sign-in-session.ts';
import { unmarkBrowser } from '../../web/browser-mark.ts';
import { NotFound } from '../../web/errors.ts';
import { endSession, sessionCookie } from '../../web/sessions.ts';
import { ownBoard } from '../parts/guard.ts';

/** Signs out in this browser. */
export const submitSignOut: RequestHandler = async (req, res) => {
  await signOut(ownId(res), req.session.signIn);
  await leave(req, res);
};

/** Signs out in every browser, this one too. */
export const submitSignOutEverywhere: RequestHandler = async (req, res) => {
  await signOutEverywhere(res.locals.context, ownBoard(res)._id, ownId(res));
  await leave(req, res);
};

/** Signs out in one of one's browsers. */
export const submitSignOutDevice: RequestHandler<{ id: string }> = async (req, res) => {
  const { id } = req.params;
  if (!(await signOut(ownId(res), id))) throw new NotFound();
  res.redirect(303, `${paths.ownSettings()}?klart=utloggad`);
};

async function leave(req: Request, res: Response): Promise<void> {
  await endSession(req);
  res.clearCookie(sessionCookie, { path: paths.office() });
  unmarkBrowser(res);
  res.redirect(303, paths.signIn());
}

function ownId(res: Response): string {
  return res.locals.organiser?.id ?? '';
}
