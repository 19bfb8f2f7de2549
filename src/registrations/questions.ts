import { type Role, roleNames, roles } from '../authorities/roles.ts';
import type { Mode } from '../events/event.ts';
import type { TextKey } from '../texts/texts.ts';
import {
  type Answer,
  address,
  choice,
  line,
  modeChoice,
  municipalityChoice,
  name,
  type Question,
} from './question-kinds.ts';

const roleTexts: Record<Role, TextKey> = {
  fortroendevald: 'falt.roll.fortroendevald',
  chef: 'falt.roll.chef',
  'strategisk-tjansteperson': 'falt.roll.strategisk',
  tjansteperson: 'falt.roll.tjansteperson',
  annan: 'falt.roll.annan',
};

/**
 * The questions of the sign-up form by their fields' names, in the order of the form. All that asks, stores, shows or
 * compares answers follows from here: the forms of both sides, also about colleagues, the personal page and its data
 * file, the office's list, file and edit conflicts, the second click, the example county and the tests' people.
 */
const table = {
  givenName: name(
    {
      about: 'name',
      label: 'falt.fornamn',
      office: 'Förnamn',
      autocomplete: 'given-name',
      missing: {
        person: 'fel.fornamn',
        colleague: 'fel.kollega.fornamn',
        office:
          'Skriv deltagarens förnamn, till exempel Åsa. Den som bara har ett namn får det i båda fälten',
      },
      example: () => 'Åsa',
    },
    80,
  ),
  familyName: name(
    {
      about: 'name',
      label: 'falt.efternamn',
      beside: true,
      office: 'Efternamn',
      autocomplete: 'family-name',
      missing: {
        person: 'fel.efternamn',
        colleague: 'fel.kollega.efternamn',
        office:
          'Skriv deltagarens efternamn, till exempel Öberg. Den som bara har ett namn får det i båda fälten',
      },
      example: () => 'Öberg',
    },
    80,
  ),
  /** Normalised (base/form/addresses.ts). */
  email: address({
    about: 'address',
    label: 'falt.epost',
    office: 'E-postadress',
    autocomplete: 'email',
    missing: {
      person: 'fel.epost.saknas',
      colleague: 'fel.kollega.epost',
      office: 'Skriv deltagarens e-postadress, till exempel namn@example.se',
    },
    isFixed: true,
    example: () => 'asa.oberg@example.se',
  }),
  organisation: line(
    {
      about: 'workplace',
      label: 'falt.organisation',
      office: 'Organisation',
      autocomplete: 'organization',
      missing: {
        person: 'fel.organisation',
        office: 'Skriv vilken organisation deltagaren företräder, till exempel Motala kommun',
      },
      example: () => 'Linköpings kommun',
    },
    120,
  ),
  /** SCB code, or `annan`. */
  municipality: municipalityChoice({
    about: 'workplace',
    label: 'falt.kommun',
    office: 'Kommun',
    missing: { person: 'fel.kommun' },
    example: () => '0580',
  }),
  role: choice<Role>(
    {
      about: 'attendance',
      label: 'falt.roll',
      term: 'falt.roll.kort',
      office: 'Roll',
      missing: {
        person: 'fel.roll',
        colleague: 'fel.kollega.roll',
        office: 'Välj vilken roll deltagaren har',
      },
      example: () => 'strategisk-tjansteperson',
    },
    roles,
    { texts: roleTexts, office: roleNames },
    'annan',
  ),
  mode: modeChoice({
    about: 'attendance',
    label: 'falt.deltagande',
    term: 'falt.deltagande.kort',
    office: 'Deltar',
    missing: {
      person: 'fel.deltagande',
      colleague: 'fel.kollega.deltagande',
      office: 'Välj om deltagaren är på plats eller med digitalt',
    },
    example: (): Mode => 'plats',
  }),
};

type QuestionTable = typeof table;

export type QuestionName = keyof QuestionTable;

type Ticked = { [N in QuestionName]: QuestionTable[N] extends Question<boolean> ? N : never }[QuestionName];
type AnswerTo<Q> = Q extends Question<infer A extends Answer> ? A : never;

/** What somebody answers. A box that came later than the registration has no answer. */
export type Answers = { [N in Exclude<QuestionName, Ticked>]: AnswerTo<QuestionTable[N]> } & {
  [N in Ticked]?: boolean;
};

/** The questions in the order of the form. */
export const questions = Object.entries<Question>(table).map(([name, question]) => ({
  name: name as QuestionName,
  ...question,
}));

export type NamedQuestion = (typeof questions)[number];

/** Those that the personal link shows and changes. */
export const changeable = questions.filter(({ isFixed }) => !isFixed);
