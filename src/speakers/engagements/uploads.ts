import type { Types } from 'mongoose';
import type { Context } from '../../base/context.ts';
import { type CheckedFile, fileName } from '../../files/checked.ts';
import { keepFile, publishFile, releaseFile } from '../../files/keeping.ts';
import { showAnew } from '../entries/sessions.ts';
import { type SpeakerEntry, SpeakerModel } from '../entries/speaker.ts';
import type { Engagement } from './engagement.ts';

/** So many files with slides a speaker may have at one event. */
export const mostSlides = 3;

/** What a speaker hands in and takes back. `agrees`: their portrait may be shown to visitors. */
export type Uploads = {
  portrait?: CheckedFile | undefined;
  slides?: { file: CheckedFile; name: string } | undefined;
  agrees: boolean;
  withoutPortrait: boolean;
  withoutSlides: string[];
};

/**
 * Stores what a speaker hands in, in the running transaction. A portrait waits for an organiser; a yes or no to showing it
 * counts at once.
 */
export async function withUploads(
  context: Context,
  engagement: Engagement,
  { portrait, slides, agrees, withoutPortrait, withoutSlides }: Uploads,
): Promise<Engagement> {
  const { _id, speaker, authority } = engagement;
  await agree(speaker, agrees);
  const before = withoutPortrait ? await withoutAnyPortrait(engagement) : engagement;
  await showAnew(speaker);
  const kept = portrait && (await keepFile(context, portrait, { of: speaker, authority }));
  if (kept && before.portrait && before.portrait !== kept) await releaseFile(before.portrait, speaker);
  const stays = before.slides.filter(({ hash }) => !withoutSlides.includes(hash));
  for (const { hash } of before.slides) if (withoutSlides.includes(hash)) await releaseFile(hash, _id);
  const added = slides && {
    hash: await keepFile(context, slides.file, { of: _id, authority }),
    name: fileName(slides.name, slides.file),
    isPublic: false,
  };
  const others = stays.filter(({ hash }) => hash !== added?.hash);
  return {
    ...before,
    ...(kept && { portrait: kept }),
    agrees,
    slides: added ? [...others, added] : stays,
  };
}

async function agree(speaker: Types.ObjectId, agrees: boolean): Promise<void> {
  const change = { $set: { showsPortrait: agrees } };
  const entry = await SpeakerModel.findByIdAndUpdate(speaker, change).lean<SpeakerEntry>();
  if (entry?.portrait) await publishFile(entry.portrait, speaker, agrees);
}

async function withoutAnyPortrait(engagement: Engagement): Promise<Engagement> {
  const { speaker, portrait } = engagement;
  const entry = await SpeakerModel.findByIdAndUpdate(speaker, {
    $unset: { portrait: 1 },
  }).lean<SpeakerEntry>();
  for (const hash of [portrait, entry?.portrait]) if (hash) await releaseFile(hash, speaker);
  return { ...engagement, portrait: null };
}

/** An organiser's yes or no to a portrait that waits. With a yes it takes the place of the one before. */
export async function decidePortrait(
  { speaker, portrait, agrees }: Engagement,
  isApproved: boolean,
): Promise<void> {
  if (!portrait) return;
  if (!isApproved) return releaseFile(portrait, speaker);
  const change = { $set: { portrait, showsPortrait: agrees } };
  const before = await SpeakerModel.findByIdAndUpdate(speaker, change).lean<SpeakerEntry>();
  if (before?.portrait && before.portrait !== portrait) await releaseFile(before.portrait, speaker);
  await publishFile(portrait, speaker, agrees);
}

/** Lets visitors have these slides, and no others of the engagement. */
export async function decideSlides(
  { _id, slides }: Engagement,
  published: string[],
): Promise<Engagement['slides']> {
  const decided = slides.map((one) => ({ ...one, isPublic: published.includes(one.hash) }));
  for (const { hash, isPublic } of decided) await publishFile(hash, _id, isPublic);
  return decided;
}
