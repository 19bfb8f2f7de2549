import type { Request, Response } from 'express';
import { findPublicFile } from '../files/keeping.ts';
import { NotFound } from '../web/errors.ts';
import { sendDocument, sendPicture } from '../web/files/send-stored.ts';

/** A picture that has been published; nothing else is shown in a page. */
export async function sendPublicPicture(req: Request<{ hash: string }>, res: Response): Promise<void> {
  const file = await findPublicFile(req.params.hash);
  if (!file?.type.startsWith('image/')) throw new NotFound();
  sendPicture(res, file, true);
}

/** A document that has been published, to be saved under the name in its address. */
export async function sendPublicFile(
  req: Request<{ hash: string; name: string }>,
  res: Response,
): Promise<void> {
  const file = await findPublicFile(req.params.hash);
  if (!file) throw new NotFound();
  sendDocument(res, file, req.params.name, true);
}
