import { fileTypeFromBuffer } from 'file-type';
import sharp from 'sharp';

/** Bytes that are what `type` says. */
export type CheckedFile = { type: string; bytes: Buffer };

/** A picture that has been made anew; width and height in pixels. */
export type CheckedPicture = CheckedFile & { width: number; height: number };

/** Why a file is not taken: it is of another kind than its form asks for, or it cannot be read. */
export type NotTaken = { refused: 'kind' | 'broken' };

// Memory is needed for requests, and one picture at a time is fast enough.
sharp.cache(false);
sharp.concurrency(1);

/** What sharp may read: it also knows SVG and others, which can hold scripts or refer to files. */
const pictures = ['image/jpeg', 'image/png', 'image/webp'];

/** A picture with more pixels is refused before they are unpacked. */
const mostPixels = 40_000_000;

/** The largest picture that is stored, in bytes; a page loads it whole. */
const mostBytes = 100_000;

/** Ever smaller ways to write a picture, until it is small enough: the longest side in pixels, and the quality. */
const ways = [
  { side: 800, quality: 80 },
  { side: 800, quality: 60 },
  { side: 640, quality: 60 },
  { side: 480, quality: 50 },
];

/**
 * A picture made anew from its pixels: upright, at most 800 pixels wide and high, at most 100 kB, as WebP, and without
 * what a camera adds (EXIF, with the place where it was taken).
 * @param bytes a JPEG, PNG or WebP, whatever the file was called
 */
export async function readPicture(bytes: Uint8Array): Promise<CheckedPicture | NotTaken> {
  const found = await fileTypeFromBuffer(bytes).catch(() => undefined);
  if (!found || !pictures.includes(found.mime)) return { refused: 'kind' };
  try {
    for (const way of ways) {
      const { data, info } = await asWebp(bytes, way);
      const { width, height } = info;
      if (data.length <= mostBytes || way === ways.at(-1))
        return { type: 'image/webp', bytes: data, width, height };
    }
  } catch {
    // sharp's errors are about the picture: too many pixels, cut off, not decodable.
  }
  return { refused: 'broken' };
}

async function asWebp(bytes: Uint8Array, { side, quality }: (typeof ways)[number]) {
  return sharp(bytes, { limitInputPixels: mostPixels, failOn: 'error' })
    .autoOrient()
    .resize(side, side, { fit: 'inside', withoutEnlargement: true })
    .webp({ quality })
    .toBuffer({ resolveWithObject: true });
}

/** The kinds of documents that are taken, with the ending of their names. */
const documents: Record<string, string> = {
  'application/pdf': 'pdf',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'pptx',
  'application/vnd.oasis.opendocument.presentation': 'odp',
};

/** A document as it came, if its bytes are those of a PDF, PowerPoint (pptx) or OpenDocument (odp) file. */
export async function readDocument(bytes: Uint8Array): Promise<CheckedFile | NotTaken> {
  const found = await fileTypeFromBuffer(bytes).catch(() => undefined);
  const type = found && Object.keys(documents).find((one) => one === found.mime);
  return type ? { type, bytes: Buffer.from(bytes) } : { refused: 'kind' };
}

/** The name under which a document is offered: what it was called, with the ending that its content has. */
export function fileName(given: string, { type }: Pick<CheckedFile, 'type'>): string {
  const name = given
    .replace(/\.\w{1,5}$/, '')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80);
  return `${name || 'bilder'}.${documents[type] ?? 'bin'}`;
}
