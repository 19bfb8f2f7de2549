import { body, type ValidationChain } from 'express-validator';
import type { Municipality } from '../../authorities/authority.ts';
import { otherMunicipality, roles } from '../../authorities/roles.ts';
import { holdsPersonalNumber, normalisedAddress } from '../../base/addresses.ts';
import type { Mode } from '../../events/event.ts';
import type { Language, Words } from '../../texts/texts.ts';
import type { Changes } from '../changes/change.ts';
import type { Person } from '../registration.ts';

/**
 * What a form of this event can offer: the municipalities of its county and its ways of attending, of which one who would
 * wait may choose `several`.
 */
export type Offer = { municipalities: Municipality[]; modes: Mode[]; several?: boolean };

/** The most characters of each answer; an address has 254 (RFC 5321 4.5.3.1.3, erratum 1690). */
const longest = { givenName: 80, familyName: 80, email: 254, organisation: 120 };

/** The rules of a sign-up, with messages in the words of its reader; both doors use them. */
export function personForm(t: Words, offer: Offer): ValidationChain[] {
  return [...names(t), email(t), ...workplace(t, offer), ...attendance(t, offer)];
}

/** The rules of a change: all but the address, which stays. */
export function changesForm(t: Words, offer: Offer): ValidationChain[] {
  return [...names(t), ...workplace(t, offer), ...attendance(t, offer)];
}

/** The person that a valid form describes (personForm has run); where only one way is offered, nobody is asked for it. */
export function personOf(form: Record<string, string>, offer: Offer, language: Language): Person {
  return { ...changesOf(form, offer), email: form.email ?? '', language };
}

/** The changes that a valid form describes (changesForm has run). */
export function changesOf(form: Record<string, string>, offer: Offer): Changes {
  const { givenName = '', familyName = '', organisation = '', municipality = '' } = form;
  return {
    ...{ givenName, familyName, organisation, municipality },
    role: roles.find((one) => one === form.role) ?? 'annan',
    mode: waysOf(form, offer)[0] ?? 'plats',
  };
}

/** All the ways of attending that a valid form names, as the event has them in order; the only one where nobody is asked. */
export function waysOf({ mode = '' }: Record<string, string>, { modes: offered }: Offer): Mode[] {
  const named = mode.split(',');
  const chosen = offered.filter((one) => named.includes(one));
  return chosen.length > 0 ? chosen : offered.slice(0, 1);
}

/** What a field is called where it asks one of several people. */
export type Naming = (field: keyof typeof longest | 'role' | 'mode') => string;
const asItIs: Naming = (field) => field;

/** A first and a last name. */
export function names(t: Words, naming = asItIs): ValidationChain[] {
  return [
    oneLine(t, naming('givenName'), longest.givenName, t('fel.fornamn')),
    oneLine(t, naming('familyName'), longest.familyName, t('fel.efternamn')),
  ];
}

/** Whom somebody represents. */
export function workplace(t: Words, { municipalities }: Offer): ValidationChain[] {
  const codes = [...municipalities.map((one) => one.code), otherMunicipality];
  return [
    oneLine(t, 'organisation', longest.organisation, t('fel.organisation')),
    choice('municipality', codes, t('fel.kommun')),
  ];
}

/** As whom and how somebody attends. */
export function attendance(t: Words, offer: Offer, naming = asItIs): ValidationChain[] {
  return [choice(naming('role'), roles, t('fel.roll')), wayOfAttending(t, offer, naming('mode'))];
}

/** One address, normalised afterwards. */
export function email(t: Words, naming = asItIs): ValidationChain {
  return body(naming('email'))
    .customSanitizer(answer)
    .custom((typed: string) => {
      if (typed === '') throw new Error(t('fel.epost.saknas'));
      checkLength(t, typed, longest.email);
      if (!normalisedAddress(typed)) throw new Error(t('fel.epost.format'));
      return true;
    })
    .customSanitizer((typed: string) => normalisedAddress(typed) ?? typed);
}

/** A required short text on one line that holds no personal number. */
function oneLine(t: Words, name: string, most: number, missing: string): ValidationChain {
  return body(name)
    .customSanitizer(answer)
    .custom((typed: string) => {
      if (typed === '') throw new Error(missing);
      if (unprintable.test(typed)) throw new Error(t('fel.enrad'));
      checkLength(t, typed, most);
      if (holdsPersonalNumber(typed)) throw new Error(t('fel.personnummer'));
      if (webAddress.test(typed)) throw new Error(t('fel.webbadress'));
      return true;
    });
}

/** What is written here stands in letters to people who have not asked for them. */
const webAddress = /:\/\/|\bwww\./i;

/** Control characters, line breaks, and the marks that turn the direction of writing around. */
const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u;

function checkLength(t: Words, typed: string, max: number): void {
  const antal = [...typed].length;
  if (antal > max) throw new Error(t('fel.forlangt', { max, antal }));
}

/** What was typed without the spaces and tabs around it; of a field that came several times, the answers with commas. */
function answer(typed: unknown): string {
  return [typed ?? '']
    .flat()
    .map(String)
    .join(',')
    .replace(/^[ \t\u00a0]+|[ \t\u00a0]+$/g, '');
}

function choice(name: string, allowed: readonly string[], message: string): ValidationChain {
  return body(name).customSanitizer(answer).isIn(allowed).withMessage(message);
}

/** Where only one way is offered the form does not ask, and a way that is not offered any more is told. */
function wayOfAttending(t: Words, { modes: offered, several }: Offer, name: string): ValidationChain {
  const [only, ...more] = offered;
  const together = several ? [offered.join(','), offered.toReversed().join(',')] : [];
  if (!only || more.length > 0) return choice(name, [...offered, ...together], t('fel.deltagande'));
  const message = t(only === 'plats' ? 'fel.deltagande.baraPlats' : 'fel.deltagande.baraDigitalt');
  return choice(name, ['', only], message);
}
