import { municipalityName } from '../../authorities/authority.ts';
import { municipalityChoices } from '../../authorities/municipalities.ts';
import { otherMunicipality, type Role, roles } from '../../authorities/roles.ts';
import { type Mode, modes } from '../../events/event.ts';
import type { Place } from '../../events/public-events.ts';
import { offeredModes } from '../../events/rules.ts';
import { mostColleagues } from '../../registrations/sign-up/colleagues-form.ts';
import type { Offer } from '../../registrations/sign-up/form.ts';
import type { TextKey, Words } from '../../texts/texts.ts';
import type { Choice, Ways } from './modes.ts';

/** The field that nobody sees: who fills it in is a robot. */
export const trap = 'meddelande';

/** The choices of a registration's form. */
export type FormParts = Ways & {
  trap: string;
  municipalities: Choice[];
  roles: Choice[];
  /** How many colleagues it asks for, and how many more it could. */
  colleagues: number;
  mostColleagues: number;
  onlyOthers: boolean;
  /** How a colleague may attend, in few words. */
  colleagueWays: Choice[];
  /** The seats that are left where some would have to wait, as they have been told. */
  left: { mode: Mode; left: number }[];
  /** The field to begin with; empty: none in particular. */
  focus: string;
};

const roleKeys = {
  fortroendevald: 'falt.roll.fortroendevald',
  chef: 'falt.roll.chef',
  'strategisk-tjansteperson': 'falt.roll.strategisk',
  tjansteperson: 'falt.roll.tjansteperson',
  annan: 'falt.roll.annan',
} as const satisfies Record<Role, TextKey>;

/** What the rules of the form need of an event. */
export function offerOf({ event, authority }: Place): Offer {
  return { municipalities: authority.municipalities, modes: offeredModes(event) };
}

/** The form's choices, with those of how to attend (ways.ts). */
export function formPartsOf({ authority }: Place, ways: Ways, t: Words): FormParts {
  return {
    ...ways,
    ...{ trap, colleagues: 0, mostColleagues, onlyOthers: false, colleagueWays: [], left: [], focus: '' },
    municipalities: municipalityChoices(authority.municipalities, t('falt.kommun.annan')),
    roles: roles.map((value) => ({ value, label: t(roleKeys[value]) })),
  };
}

/**
 * What somebody has answered, question by question, in words; questions without an answer are left out. Who has no seat
 * does not attend, but wants to.
 */
export function answersInWords(
  values: Record<string, string>,
  { authority }: Place,
  t: Words,
  attends: 'falt.deltagande.kort' | 'falt.deltagande.vill' | 'falt.deltagande.ville',
) {
  const role = roles.find((one) => one === values.role);
  const ways = modes.filter((one) => values.mode?.split(',').includes(one));
  const { municipality = '' } = values;
  const elsewhere = municipality === otherMunicipality ? t('falt.kommun.annan') : '';
  return [
    { term: t('falt.fornamn'), text: values.givenName },
    { term: t('falt.efternamn'), text: values.familyName },
    { term: t('falt.epost'), text: values.email },
    { term: t('falt.organisation'), text: values.organisation },
    {
      term: t('falt.kommun'),
      text: elsewhere || (municipality && municipalityName(authority, municipality)),
    },
    { term: t('falt.roll.kort'), text: role && t(roleKeys[role]) },
    { term: t(attends), lines: ways.map((mode) => t(`falt.deltagande.${mode}`)) },
  ];
}
