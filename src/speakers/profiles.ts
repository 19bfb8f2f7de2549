import type { Event } from '../events/event.ts';
import type { Language } from '../texts/texts.ts';
import { type SpeakerEntry, SpeakerModel } from './entries/speaker.ts';

/** What the event's page shows of a speaker besides the programme. `lang`: that of the text. */
export type Profile = { text: string; lang: Language };

/** The profiles that an event shows, by the entry's id. Most events show none, which costs no query. */
export async function profilesOf(event: Event, language: Language): Promise<Map<string, Profile>> {
  const speakers = event.sessions.flatMap((session) => session.speakers);
  const shown = speakers.flatMap(({ entry, profile }) => (entry && profile ? entry : []));
  if (shown.length === 0) return new Map();
  const entries = await SpeakerModel.find({ _id: { $in: shown } }).lean<SpeakerEntry[]>();
  return new Map(entries.map((entry) => [String(entry._id), profileOf(entry, language)]));
}

/** A text in one language stands for both if the other is missing. */
function profileOf({ text, textEn }: SpeakerEntry, language: Language): Profile {
  const isEnglish = language === 'en' ? textEn !== '' : text === '';
  return isEnglish ? { text: textEn, lang: 'en' } : { text, lang: 'sv' };
}
