import type { Request, Response } from 'express';
import { required } from '../../base/form/fields.ts';
import { changePicture, type PictureRefused, removePicture } from '../../events/planning/files.ts';
import { readPicture } from '../../files/checked.ts';
import { textsIn } from '../../texts/texts.ts';
import { hasErrors, readForm } from '../../web/forms.ts';
import { ownEvent } from '../parts/guard.ts';
import { leadBack, sendFiles } from './page.ts';
import { fileIn } from './upload.ts';

const t = textsIn('sv');
const unfit = { kind: t('fel.fil.bild'), broken: t('fel.fil.bild.trasig') };
const pictureField = { name: 'picture', read: readPicture, unfit };

const refusals: Record<PictureRefused['refused'], string> = {
  none: 'Välj en bild.',
  conflict:
    'Någon annan har ändrat bilden medan du skrev, och den visas nu. Välj din bild igen om den ska gälla.',
};

/** Saves the picture with its words, or other words for it; with `remove` it takes the picture away. */
export async function submitPicture(req: Request, res: Response): Promise<void> {
  const event = await ownEvent(req, res);
  const { context } = res.locals;
  if (req.body.remove === 'ja') {
    await removePicture(context, event._id);
    return leadBack(res, event, 'bildborta');
  }
  const missing = 'Skriv vad bilden visar, till exempel Två elever läser en bok tillsammans';
  const form = await readForm(req, [required('alt', 'Texten', 250, missing)]);
  const { file, error, status = 422 } = await fileIn(req, res, pictureField);
  const errors = { ...form.errors, ...(error && { picture: error }) };
  if (hasErrors({ errors })) return sendFiles(res, event, { ...form, errors, status });
  const { alt, seen = '' } = req.body;
  const saved = await changePicture(context, event._id, { alt, file, seen: String(seen) });
  if (!('refused' in saved)) return leadBack(res, event, 'bild');
  const conflict = saved.refused === 'conflict' && { status: 409 };
  sendFiles(res, saved.event, { ...form, errors: { picture: refusals[saved.refused] }, ...conflict });
}
