import type { Event, Mode } from '../../events/event.ts';
import type { Letter } from '../../outbox/letter.ts';
import type { Content } from '../../outbox/message.ts';
import type { LetterFacts, More } from '../../registrations/letter-facts.ts';
import type { Engagement } from '../../speakers/engagements/engagement.ts';
import { type DateWords, datesIn } from '../../texts/dates.ts';
import { type Language, textsIn, type Words } from '../../texts/texts.ts';
import type { Step } from './step.ts';
import type { NotAgain, Resent } from './still-true.ts';

/** Everything about one kind of letter. What is left out is false, or is done as for most kinds. */
export type LetterKind = {
  /** The subject, which lists of letters show too. */
  subject: (told: LetterTold) => string;
  /** What it says between greeting and signature. */
  says: (telling: Telling) => Part;
  /** What the office calls it, and who gets it when. A letter by hand has neither, nor one to organisers. */
  office?: { name: string; when: string };
  /** The moments at which it goes by itself, if an event chooses them. */
  steps?: Step[];
  /** It says when and where the event is, so that no reminder follows right after it. */
  saysWhenAndWhere?: true;
  /** People can do without it. It says where to refuse more like it (RFC 8058), and nobody gets it who has refused. */
  optional?: true;
  /** Nothing goes before it, so it refers to no earlier letter (RFC 5322, 3.6.4). */
  opensThread?: true;
  /** It is about the address that it went to, and goes there again even if the person has another one. */
  keepsAddress?: true;
  /** Why it may not be sent again, as far as that depends on what it says. Left out: `asOwed`. */
  untruth?: (resent: Resent) => NotAgain | undefined | Promise<NotAgain | undefined>;
  /** Of a letter to a speaker: the states of the invitation in which it may be sent again. Left out: always. */
  trueFor?: Engagement['status'][];
  /** What an invented example of it needs besides a person with a seat. */
  sample?: (event: Event, mode: Mode) => Sample;
};

/** `waits`: on the waiting list. `first`: no letter went before it. `told`: the event, with what it may lack invented. */
export type Sample = { mode?: Mode; waits?: true; first?: true; told?: Event; more?: More };

/** What was true when the letter was owed, and the words of its language for it. */
export type LetterTold = { facts: LetterFacts; language: Language; t: Words; dates: DateWords };

/** The addresses that a letter can lead to. */
export type Links = {
  own: string;
  cancel: string;
  event: string;
  events: string;
  burst: string;
  /** Where somebody without a registration erases their address. */
  erase: string;
};

/** The same with the addresses that it can lead to. */
export type Telling = LetterTold & { links: Links };

/** What one kind of letter says between greeting and signature, and its greeting if it knows no name. `welcome`: the signature says that too. */
export type Part = Pick<Content, 'paragraphs' | 'facts' | 'action'> & {
  greeting?: string;
  welcome?: boolean;
};

/** A letter's facts with the words of its language. */
export function toldIn({ facts, language }: Pick<Letter<LetterFacts>, 'facts' | 'language'>): LetterTold {
  return { facts, language, t: textsIn(language), dates: datesIn(language) };
}
