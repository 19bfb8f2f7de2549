import { inRows } from '../../base/form/fields.ts';
import type { Mode } from '../../events/event.ts';
import type { PublicEvent } from '../../events/public-events.ts';
import { offeredModes } from '../../events/rules.ts';
import { wordsFor } from '../../registrations/answers.ts';
import type { Choice } from '../../registrations/question-kinds.ts';
import type { Offer } from '../../registrations/question-rules.ts';
import { changeable, type NamedQuestion, questions } from '../../registrations/questions.ts';
import { colleagueField, mostColleagues } from '../../registrations/sign-up/colleagues-form.ts';
import type { Words } from '../../texts/texts.ts';
import type { ModeChoice } from './modes.ts';

/** The field that nobody sees: who fills it in is a robot. */
export const trap = 'meddelande';

/** What a form shows besides that is not for one new person. */
type Extras = {
  /** It changes a registration. */
  isChange: boolean;
  /** How many colleagues it asks for. */
  colleagues: number;
  onlyOthers: boolean;
  /** How a colleague may attend, in few words. */
  colleagueWays: Choice[];
  /** The seats that are left where some would have to wait, as they have been told. */
  left: { mode: Mode; left: number }[];
  /** The field to begin with; empty: none in particular. */
  focus: string;
};

/** A question with what its partial in views/partials/form needs; questions.ejs shows rows of them. */
type FormShown = Pick<NamedQuestion, 'about' | 'beside' | 'input' | 'autocomplete'> & {
  name: string;
  control: NamedQuestion['control'] | 'checkboxes';
  /** The question, and the same in few words. */
  label: string;
  legend: string;
  term: string;
  options?: Choice[] | undefined;
  prompt?: string | undefined;
  help?: string | undefined;
  attributes?: Record<string, string | undefined>;
};

/** What a registration's form shows. */
export type FormParts = ModeChoice &
  Extras & {
    trap: string;
    /** How many colleagues it could ask for. */
    mostColleagues: number;
    /** The questions about the person, about how they attend, and about each colleague. */
    person: FormShown[][];
    attendance: FormShown[][];
    perColleague: FormShown[][][];
  };

const none: Extras = {
  isChange: false,
  ...{ colleagues: 0, onlyOthers: false, colleagueWays: [], left: [], focus: '' },
};

/** What the rules of the form need of an event. */
export function offerOf({ event, authority }: PublicEvent): Offer {
  return { municipalities: authority.municipalities, modes: offeredModes(event) };
}

/** The form's questions, with those of how to attend (modes.ts). */
export function formPartsOf(
  place: PublicEvent,
  ways: ModeChoice,
  t: Words,
  extras: Partial<Extras> = {},
): FormParts {
  const parts = { ...ways, ...none, ...extras };
  const asked = parts.isChange ? changeable : questions;
  const all = asked.map((question) => shown(question, offerOf(place), t));
  const own = all.map((one) => ({ ...one, ...situationOf(one.name, parts, t) }));
  const perColleague = all.filter(({ about }) => about !== 'workplace');
  return {
    ...{ ...parts, trap, mostColleagues },
    person: inRows(own.filter(({ about }) => about !== 'attendance')),
    attendance: inRows(own.filter(({ about }) => about === 'attendance')),
    perColleague: Array.from({ length: parts.colleagues }, (_, index) =>
      inRows(perColleague.map((one) => aboutColleague(one, index + 1, parts))),
    ),
  };
}

function shown(question: NamedQuestion, offer: Offer, t: Words): FormShown {
  const {
    name,
    about,
    beside,
    control,
    input,
    autocomplete,
    label,
    term = label,
    missing,
    choices,
  } = question;
  return {
    ...{ name, about, control, label: t(label), legend: t(label), term: t(term) },
    ...(beside && { beside }),
    ...(input && { input }),
    ...(autocomplete && { autocomplete }),
    options: choices?.(offer, t),
    prompt: missing && t('falt.kommun.valj'),
  };
}

/** What the situation of the event and of the group says in a question of this name. */
function situationOf(name: string, parts: ModeChoice & Extras, t: Words): Partial<FormShown> {
  if (name === 'email') {
    const help = parts.queueOnly ? 'falt.epost.hjalp.ko' : 'falt.epost.hjalp';
    return { help: t(parts.onlyOthers ? 'kollegor.bara.epost' : help) };
  }
  if (name !== 'mode') return {};
  const control = parts.together ? 'checkboxes' : 'radios';
  return { control, options: parts.ways, help: parts.waysHelp || undefined };
}

/** Colleagues' answers come in their order under one name, so each question must send something: a choice is a list. */
function aboutColleague(one: FormShown, number: number, { colleagueWays, focus }: Extras): FormShown {
  const field = colleagueField(one.name);
  const name = `${field}-${number}`;
  return {
    ...one,
    ...{ name, label: one.term, autocomplete: 'off' },
    control: one.control === 'field' ? 'field' : 'select',
    options: one.name === 'mode' ? colleagueWays : one.options,
    attributes: { name: field, autofocus: focus === name ? '' : undefined },
  };
}

/**
 * What somebody has answered, question by question, in words; questions without an answer are left out. Anyone without
 * a seat does not attend, but wants to.
 */
export function answersInWords(
  values: Record<string, string>,
  { authority }: PublicEvent,
  t: Words,
  attends: 'falt.deltagande.kort' | 'falt.deltagande.vill' | 'falt.deltagande.ville',
) {
  const words = wordsFor(authority.municipalities, t);
  return questions.map(({ name, label, term = label }) => ({
    term: t(name === 'mode' ? attends : term),
    lines: words(name, values[name] ?? ''),
  }));
}
