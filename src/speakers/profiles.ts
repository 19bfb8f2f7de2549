import { paths } from '../base/paths.ts';
import type { Event } from '../events/event.ts';
import { type Language, textsIn } from '../texts/texts.ts';
import { type SpeakerEntry, SpeakerModel } from './entries/speaker.ts';

/**
 * What the event's page shows of a speaker besides the programme. `lang`: that of the text. `portrait` is there if
 * the person has agreed to show it.
 */
export type Profile = { text: string; lang: Language; portrait?: { src: string; alt: string } };

/** The profiles that an event shows, by the entry's id. Most events show none, which costs no query. */
export async function profilesOf(event: Event, language: Language): Promise<Map<string, Profile>> {
  const speakers = event.sessions.flatMap((session) => session.speakers);
  const shown = speakers.flatMap(({ entry, profile }) => (entry && profile ? entry : []));
  if (shown.length === 0) return new Map();
  const entries = await SpeakerModel.find({ _id: { $in: shown } }).lean<SpeakerEntry[]>();
  return new Map(entries.map((entry) => [String(entry._id), profileOf(entry, language)]));
}

/** A text in one language stands for both if the other is missing. */
function profileOf(entry: SpeakerEntry, language: Language): Profile {
  const { text, textEn, portrait, showsPortrait, name } = entry;
  const alt = textsIn(language)('medverkan.portrait.alt', { namn: name });
  const shown = portrait && showsPortrait && { portrait: { src: paths.picture(portrait), alt } };
  const isEnglish = language === 'en' ? textEn !== '' : text === '';
  return isEnglish ? { text: textEn, lang: 'en', ...shown } : { text, lang: 'sv', ...shown };
}
