import type { Request, Response } from 'express';
import type { NotTaken } from '../../files/checked.ts';
import { textsIn } from '../../texts/texts.ts';
import { keptMegabytes, uploadIn } from '../../web/files/upload.ts';

const t = textsIn('sv');

/** A checked file, or what is wrong with it and the status of the answer. */
export type ReadFile<File> = { file?: File; error?: string; status?: number };

/** A field that brings a file: how it is read, and what is said of content that does not fit. */
export type FileField<File> = {
  name: string;
  read: (bytes: Uint8Array) => Promise<File | NotTaken>;
  unfit: Record<NotTaken['refused'], string>;
};

/** The file that a form brings, by its content; nothing where none was chosen. */
export async function fileIn<File extends object>(
  req: Request,
  res: Response,
  { name, read, unfit }: FileField<File>,
): Promise<ReadFile<File>> {
  const upload = uploadIn(req, res, name);
  if (!upload) return {};
  if ('problem' in upload)
    return upload.problem === 'tooLarge'
      ? { error: t('fel.fil.forstor', { mb: keptMegabytes }), status: 413 }
      : { error: t('fel.fil.bruten'), status: 400 };
  if (upload.file.length === 0) return {};
  const file = await read(upload.file);
  return 'refused' in file ? { error: unfit[file.refused] } : { file };
}
