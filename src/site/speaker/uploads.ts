import type { Request, Response } from 'express';
import { type CheckedFile, type NotTaken, readDocument, readPicture } from '../../files/checked.ts';
import type { Engagement } from '../../speakers/engagements/engagement.ts';
import { mostSlides, type Uploads } from '../../speakers/engagements/uploads.ts';
import { textsIn } from '../../texts/texts.ts';
import { keptMegabytes, type Upload, uploadIn } from '../../web/files/upload.ts';
import type { Errors } from '../../web/forms.ts';

/** The fields of a speaker's page that bring a file, and the largest file that is taken. */
export const fileFields = ['portrait', 'slides'];
export const fileMegabytes = keptMegabytes;

/** What a speaker's form brings: checked files, or what is wrong with them and the status of the answer. */
export type Read = { uploads: Uploads; errors: Errors; status: number };

/** Reads the files of a speaker's form by their content, and what its boxes say about those that are there. */
export async function readUploads(req: Request, res: Response, engagement: Engagement): Promise<Read> {
  const t = textsIn(res.locals.lang);
  const { agrees, withoutPortrait, withoutSlides } = req.body;
  const gone = [withoutSlides ?? []].flat().map(String);
  const uploads: Uploads = {
    agrees: agrees === 'ja',
    withoutPortrait: withoutPortrait === 'ja',
    withoutSlides: gone,
  };
  const [portrait, slides] = fileFields.map((field) => uploadIn(req, res, field));
  const problem = [portrait, slides].find((one) => one && 'problem' in one);
  if (problem && 'problem' in problem) {
    const isTooLarge = problem.problem === 'tooLarge';
    const text = isTooLarge ? t('fel.fil.forstor', { mb: fileMegabytes }) : t('fel.fil.bruten');
    return { uploads, errors: { [problem.field || 'slides']: text }, status: isTooLarge ? 413 : 400 };
  }
  const errors: Errors = {};
  const picture = await checked(portrait, readPicture);
  if (picture && 'refused' in picture)
    errors.portrait = t(picture.refused === 'kind' ? 'fel.fil.bild' : 'fel.fil.bild.trasig');
  else if (picture) uploads.portrait = picture;
  const document = await checked(slides, readDocument);
  const left = engagement.slides.filter(({ hash }) => !gone.includes(hash));
  if (document && 'refused' in document) errors.slides = t('fel.fil.dokument');
  else if (document && left.length >= mostSlides) errors.slides = t('fel.fil.antal', { antal: mostSlides });
  else if (document) uploads.slides = { file: document, name: nameOf(slides) };
  return { uploads, errors, status: 422 };
}

async function checked(
  upload: Upload | undefined,
  read: (bytes: Uint8Array) => Promise<CheckedFile | NotTaken>,
): Promise<CheckedFile | NotTaken | undefined> {
  return upload && 'file' in upload && upload.file.length > 0 ? read(upload.file) : undefined;
}

function nameOf(upload: Upload | undefined): string {
  return upload && 'file' in upload ? upload.name : '';
}
