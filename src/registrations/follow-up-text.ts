import { datesIn, type Language } from '../base/dates.ts';
import { textsIn } from '../base/texts.ts';
import type { Content } from '../post/message.ts';
import type { Facts, LetterKind } from './letters.ts';
import { filled } from './placeholders.ts';

/** The receiver's own page, and that of the event. */
type Links = { own: string; page: string };

/** What letters by plan and by hand say, in the frame of all letters. */
export function followUp(
  kind: LetterKind,
  facts: Facts,
  language: Language,
  frame: Content,
  links: Links,
): Content {
  const t = textsIn(language);
  const titel = facts.title;
  const lines = frame.facts ?? [];
  switch (kind) {
    case 'paminnelse':
      return {
        ...frame,
        paragraphs: [t('mejl.paminnelse.text', { titel }), t('mejl.paminnelse.avboka')],
        facts: [...lines, { label: t('mejl.kalender.program'), value: links.page }],
      };
    case 'lank':
      return {
        ...frame,
        facts: [...lines, { label: t('mejl.lank'), value: links.own }],
        action: { label: t('mejl.lank.anslut'), url: facts.place, note: t('mejl.lank.anmalda') },
      };
    case 'tack':
    case 'saknad':
      return withDocumentation(facts, language, frame, links);
    case 'utskick':
      return { ...frame, paragraphs: ownWords(facts, language, links.own) };
    default:
      return frame;
  }
}

function withDocumentation(
  { documentation = [] }: Facts,
  language: Language,
  frame: Content,
  { page }: Links,
): Content {
  if (documentation.length === 0) return frame;
  const t = textsIn(language);
  return {
    ...frame,
    paragraphs: [...frame.paragraphs, t('mejl.dokumentation', { sida: page })],
    facts: [...documentation.map(({ title, url }) => ({ label: title, value: url })), ...(frame.facts ?? [])],
  };
}

/** The subject of a letter by hand. It never holds the receiver's name or link (R63). */
export function ownSubject(facts: Facts, language: Language): string {
  return filled(facts.written?.subject ?? '', wordsFor(facts, language, ''));
}

/** The paragraphs of a letter by hand: an empty line parts them. */
function ownWords(facts: Facts, language: Language, link: string): string[] {
  const text = filled(facts.written?.text ?? '', wordsFor(facts, language, link));
  return text.split(/\n{2,}/).filter((paragraph) => paragraph.trim());
}

function wordsFor(facts: Facts, language: Language, lank: string) {
  const dates = datesIn(language);
  return {
    fornamn: facts.givenName,
    efternamn: facts.written?.familyName ?? '',
    titel: facts.title,
    datum: dates.plainDay(facts.start),
    tid: dates.span(facts.start, facts.end),
    plats: facts.place || textsIn(language)('evenemang.var.digitalt'),
    lank,
  };
}
