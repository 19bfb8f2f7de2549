import { municipalityName } from '../authorities/authority.ts';
import { otherMunicipality, type Role, roles } from '../authorities/roles.ts';
import type { TextKey, Words } from '../base/texts.ts';
import type { Event, Mode } from '../events/event.ts';
import type { Place } from '../events/listing.ts';
import { hasSeat, offeredModes, seatsLeft } from '../events/rules.ts';
import type { Offer } from '../registrations/form.ts';

/** The field that nobody sees: who fills it in is a robot. */
export const trap = 'meddelande';

type Choice = { value: string; label: string; help?: string | undefined };

/** The choices of a registration's form. `ways` is empty where the form does not ask how one wants to attend. */
export type FormParts = {
  trap: string;
  municipalities: Choice[];
  roles: Choice[];
  ways: Choice[];
  waysHelp: string;
  preset: Record<string, string>;
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

/** The form's choices; `mine` is the way that somebody has a seat in already. A way that is full is told, not offered. */
export function formPartsOf({ event, authority }: Place, t: Words, mine?: Mode): FormParts {
  const offered = offeredModes(event);
  const free = offered.filter((mode) => mode === mine || hasSeat(event, mode));
  const full = offered.filter((mode) => !free.includes(mode));
  const [only, ...more] = free;
  return {
    trap,
    municipalities: [
      ...authority.municipalities.map((one) => ({ value: one.code, label: one.name })),
      { value: otherMunicipality, label: t('falt.kommun.annan') },
    ],
    roles: roles.map((value) => ({ value, label: t(roleKeys[value]) })),
    ways:
      offered.length > 1
        ? free.map((mode) => ({
            value: mode,
            label: t(`falt.deltagande.${mode}`),
            help: helpFor(event, mode, t),
          }))
        : [],
    waysHelp: full.map((mode) => t(`anmalan.fullt.${mode}`)).join(' '),
    preset: only && more.length === 0 ? { mode: only } : {},
  };
}

function helpFor(event: Event, mode: Mode, t: Words): string | undefined {
  const antal = seatsLeft(event, mode);
  const seats = antal === undefined ? [] : [`${t('evenemang.platserkvar', { antal })}.`];
  const link = mode === 'digitalt' ? [t('falt.deltagande.digitalt.hjalp')] : [];
  return [...seats, ...link].join(' ') || undefined;
}

/** What somebody has answered, question by question, in words; questions without an answer are left out. */
export function answersInWords(values: Record<string, string>, { authority }: Place, t: Words) {
  const role = roles.find((one) => one === values.role);
  const mode = (['plats', 'digitalt'] as const).find((one) => one === values.mode);
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
    { term: t('falt.deltagande.kort'), text: mode && t(`falt.deltagande.${mode}`) },
  ];
}
