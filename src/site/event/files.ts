import { isoDay } from '../../base/dates.ts';
import { paths } from '../../base/paths.ts';
import type { Event } from '../../events/event.ts';
import { datesIn } from '../../texts/dates.ts';
import { type Language, textsIn } from '../../texts/texts.ts';
import { fileWords } from '../../web/files/file-words.ts';

/** Where a file of an event is, by its hash. */
export type FileAddress = (hash: string) => string;

/** The picture and the documents of an event as its page shows them. @param fileAt left out: where visitors have them */
export function filesOf({ picture, downloads = [] }: Event, lang: Language, fileAt?: FileAddress) {
  return {
    picture: picture && { ...picture, src: (fileAt ?? paths.picture)(picture.hash) },
    documents: downloads.map((one) => ({
      title: one.title,
      href: fileAt ? fileAt(one.hash) : paths.file(one.hash, one.name),
      words: fileWords(one, lang),
    })),
  };
}

/** The links of an event's documentation; one to our own site, as speakers' slides have, does not look as if it led away. */
export function linksOf({ documentation = [] }: Event, baseUrl: string) {
  const isOwn = (url: string) => url.startsWith(`${baseUrl}/`);
  return documentation.map(({ title, url }) => ({
    title,
    href: isOwn(url) ? url.slice(baseUrl.length) : url,
  }));
}

/** The picture for messages that link to the page (Open Graph). */
export function sharedPicture({ picture }: Event, baseUrl: string) {
  return picture ? { picture: { url: baseUrl + paths.picture(picture.hash), alt: picture.alt } } : {};
}

/** When the page was published, and when it last changed if that was on another day; empty where nobody noted it. */
export function historyOf({ publishedAt, changedAt }: Event, lang: Language): string {
  if (!publishedAt) return '';
  const t = textsIn(lang);
  const { plainDay } = datesIn(lang);
  const changed = isoDay(changedAt) > isoDay(publishedAt);
  const words = [
    t('evenemang.publicerad', { dag: plainDay(publishedAt) }),
    ...(changed ? [t('evenemang.andrad', { dag: plainDay(changedAt) })] : []),
  ];
  return words.join(' ');
}
