import { dateFormatsOf, type Language, textsIn } from '../../texts/texts.ts';

/** A document by its content; size in bytes. */
type Document = { type: string; size: number };

/** What a document is and how much there is to download: "Pdf, 164,5 kB". */
export function fileWords({ type, size }: Document, language: Language): string {
  const t = textsIn(language);
  const storlek = sizeWords(size, language);
  if (type === 'application/pdf') return t('fil.pdf', { storlek });
  return type.includes('opendocument') ? t('fil.odp', { storlek }) : t('fil.pptx', { storlek });
}

/** A kilobyte has 1,000 bytes here, as browsers and file managers on macOS and Linux count. */
function sizeWords(bytes: number, language: Language): string {
  const isLarge = bytes >= 1_000_000;
  const { locale } = dateFormatsOf(language);
  const unit = isLarge ? 'megabyte' : 'kilobyte';
  const format = new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: 1 });
  return format.format(bytes / (isLarge ? 1_000_000 : 1_000));
}
