import type { SchemaDefinitionProperty } from 'mongoose';
import { municipalityChoices } from '../authorities/municipalities.ts';
import { otherMunicipality } from '../authorities/roles.ts';
import { shownAddress } from '../base/form/addresses.ts';
import { type Mode, modeNames, modes } from '../events/event.ts';
import type { TextKey, Words } from '../texts/texts.ts';
import {
  addressRule,
  choiceRule,
  lineRule,
  modeRule,
  nameRule,
  type Offer,
  type Rule,
  ticked,
  tickRule,
} from './question-rules.ts';

/** What a choice sends, and its words. */
export type Choice<V extends string = string> = { value: V; label: string; help?: string | undefined };

/** An answer as it is stored. */
export type Answer = string | boolean;

/** What stands in the table about a question of any kind. */
type Common<A extends Answer> = {
  /**
   * Lists begin with the parts of a name. What is about the workplace is asked once of a group and counts for all of it.
   * Somebody who signs up others and does not come is not asked about attendance.
   */
  about: 'name' | 'address' | 'workplace' | 'attendance';
  /** The visitors' question. */
  label: TextKey;
  /** The same in few words, if the question is longer: for colleagues, and before an answer. */
  term?: TextKey;
  /** What the office calls it: in forms, lists, files and edit conflicts. */
  office: string;
  /** The purpose of the field in HTML. */
  autocomplete?: string;
  /** Shown on the same row as the question before it. */
  beside?: true;
  /** The personal link neither shows nor changes the answer; the office does both. */
  isFixed?: true;
  /** What an invented person answers: number 0 of tests and sample letters, the others of the example county. */
  example(number: number): A;
};

/** What is said if there is no answer: to the person, about a colleague, and to an organiser (as to the person if not given). */
type MissingWords = { person: TextKey; colleague?: TextKey; office?: string };

/** A question of the sign-up form with all that follows from its kind. */
export type Question<A extends Answer = Answer> = Common<A> & {
  missing?: MissingWords;
  /** The partial in views/partials/form that shows it, and the type of an input. */
  control: 'field' | 'select' | 'radios' | 'checkbox';
  input?: 'email';
  rule: Rule;
  /** The answer that a valid form holds. */
  read(typed: string, offer: Offer): A;
  /** What can be chosen, in the visitors' words or without them in the office's. */
  choices?(offer: Offer, t?: Words): Choice[];
  /** The answer as people read and type it, if it is stored in another form. */
  shown?(answer: string): string;
  stored: SchemaDefinitionProperty;
};

const text = { type: String, required: true };

/** A short text. @param longest in characters */
export function line(about: Common<string> & { missing: MissingWords }, longest: number): Question<string> {
  const rule = lineRule(about.missing.person, longest);
  return { ...about, control: 'field', rule, read: (typed) => typed, stored: text };
}

/** A part of a name. @param longest in characters */
export function name(about: Common<string> & { missing: MissingWords }, longest: number): Question<string> {
  return { ...line(about, longest), rule: nameRule(about.missing.person, longest) };
}

/** An e-mail address. */
export function address(about: Common<string> & { missing: MissingWords }): Question<string> {
  const rule = addressRule(about.missing.person);
  return {
    ...{ ...about, control: 'field', input: 'email', rule, read: (typed) => typed },
    ...{ shown: shownAddress, stored: text },
  };
}

/** A municipality of the county, or another. */
export function municipalityChoice(about: Common<string> & { missing: MissingWords }): Question<string> {
  const codes = ({ municipalities }: Offer) => [...municipalities.map(({ code }) => code), otherMunicipality];
  return {
    ...about,
    control: 'select',
    rule: choiceRule(about.missing.person, codes),
    read: (typed) => typed,
    choices: ({ municipalities }, t) => municipalityChoices(municipalities, t?.('falt.kommun.annan')),
    stored: text,
  };
}

/** One of a few. @param otherwise the answer if there is none */
export function choice<V extends string>(
  about: Common<V> & { missing: MissingWords },
  values: readonly V[],
  names: { texts: Record<V, TextKey>; office: Record<V, string> },
  otherwise: V,
): Question<V> {
  return {
    ...about,
    control: 'radios',
    rule: choiceRule(about.missing.person, () => values),
    read: (typed) => values.find((one) => one === typed) ?? otherwise,
    choices: (_offer, t) =>
      values.map((value) => {
        const key: TextKey = names.texts[value];
        return { value, label: t ? t(key) : names.office[value] };
      }),
    stored: { ...text, enum: values },
  };
}

/** How somebody attends. The visitors' form also says which seats are left and who can wait. */
export function modeChoice(about: Common<Mode> & { missing: MissingWords }): Question<Mode> {
  return {
    ...about,
    control: 'radios',
    rule: modeRule(about.missing.person),
    read: (typed, offer) => modesIn(typed, offer)[0] ?? 'plats',
    choices: (offer, t) =>
      offer.modes.map((value) => ({ value, label: t ? t(`falt.deltagande.${value}`) : modeNames[value] })),
    stored: { ...text, enum: modes },
  };
}

/** All the modes that a valid answer names, in the order of the event's; the only one if nobody is asked. */
export function modesIn(typed: string, { modes: offered }: Offer): Mode[] {
  const named = typed.split(',');
  const chosen = offered.filter((one) => named.includes(one));
  return chosen.length > 0 ? chosen : offered.slice(0, 1);
}

/** A box that may be ticked. Registrations from before the question have no answer, which counts as no. */
export function tick(about: Common<boolean>): Question<boolean> {
  return {
    ...about,
    control: 'checkbox',
    rule: tickRule,
    read: (typed) => typed === ticked,
    choices: (_offer, t) => [
      { value: '', label: t ? t('falt.nej') : 'Nej' },
      { value: ticked, label: t ? t('falt.ja') : 'Ja' },
    ],
    stored: { type: Boolean, default: false },
  };
}
