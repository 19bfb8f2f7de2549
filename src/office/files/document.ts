import type { Request, Response } from 'express';
import { required } from '../../base/form/fields.ts';
import {
  addDocument,
  type DocumentRefused,
  mostDocuments,
  removeDocument,
} from '../../events/planning/files.ts';
import { readDocument } from '../../files/checked.ts';
import { textsIn } from '../../texts/texts.ts';
import { hasErrors, readForm } from '../../web/forms.ts';
import { ownEvent } from '../parts/guard.ts';
import { leadBack, sendFiles } from './page.ts';
import { fileIn } from './upload.ts';

const unfit = textsIn('sv')('fel.fil.dokument');
const documentField = { name: 'document', read: readDocument, unfit: { kind: unfit, broken: unfit } };

const refusals: Record<DocumentRefused['refused'], string> = {
  known: 'Den filen finns redan bland dokumenten.',
  tooMany: `Ett evenemang kan ha högst ${mostDocuments} dokument. Ta bort något först.`,
};

/** Adds a document; with `remove` it takes the one with this hash away. */
export async function submitDocument(req: Request, res: Response): Promise<void> {
  const event = await ownEvent(req, res);
  const { context } = res.locals;
  if (req.body.remove) {
    await removeDocument(context, event._id, String(req.body.remove));
    return leadBack(res, event, 'dokumentborta');
  }
  const missing = 'Skriv en rubrik, till exempel Program för dagen';
  const form = await readForm(req, [required('title', 'Rubriken', 120, missing)]);
  const { file, error, status = 422 } = await fileIn(req, res, documentField);
  const wrong = error ?? (file ? undefined : 'Välj en fil.');
  const errors = { ...form.errors, ...(wrong && { document: wrong }) };
  if (!file || hasErrors({ errors })) return sendFiles(res, event, { ...form, errors, status });
  const added = await addDocument(context, event._id, req.body.title, file);
  if (!('refused' in added)) return leadBack(res, event, 'dokument');
  sendFiles(res, event, { ...form, errors: { document: refusals[added.refused] } });
}
