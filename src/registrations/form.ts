import { body, type ValidationChain } from 'express-validator';
import type { Municipality } from '../authorities/authority.ts';
import { otherMunicipality, roles } from '../authorities/roles.ts';
import type { Language } from '../base/dates.ts';
import { holdsPersonalNumber, normalisedAddress } from '../base/people.ts';
import type { Words } from '../base/texts.ts';
import { type Mode, modes } from '../events/event.ts';
import type { Changes } from './change.ts';
import type { Person } from './registration.ts';

/** What a form of this event can offer: the municipalities of its county and its ways of attending. */
export type Offer = { municipalities: Municipality[]; modes: Mode[] };

/** The most characters of each answer; an address has 254 (RFC 5321 4.5.3.1.3, erratum 1690). */
const longest = { givenName: 80, familyName: 80, email: 254, organisation: 120 };

/** The rules of a sign-up, with messages in the words of its reader; both doors use them. */
export function personForm(t: Words, offer: Offer): ValidationChain[] {
  return [...names(t), email(t), ...belonging(t, offer)];
}

/** The rules of a change: all but the address, which stays. */
export function changesForm(t: Words, offer: Offer): ValidationChain[] {
  return [...names(t), ...belonging(t, offer)];
}

/** The person that a valid form describes (personForm has run); where only one way is offered, nobody is asked for it. */
export function personOf(form: Record<string, string>, offer: Offer, language: Language): Person {
  return { ...changesOf(form, offer), email: form.email ?? '', language };
}

/** The changes that a valid form describes (changesForm has run). */
export function changesOf(form: Record<string, string>, { modes: offered }: Offer): Changes {
  const { givenName = '', familyName = '', organisation = '', municipality = '' } = form;
  return {
    ...{ givenName, familyName, organisation, municipality },
    role: roles.find((one) => one === form.role) ?? 'annan',
    mode: modes.find((one) => one === form.mode) ?? offered[0] ?? 'plats',
  };
}

function names(t: Words): ValidationChain[] {
  return [oneLine(t, 'givenName', t('fel.fornamn')), oneLine(t, 'familyName', t('fel.efternamn'))];
}

function belonging(t: Words, { municipalities, modes: offered }: Offer): ValidationChain[] {
  const codes = [...municipalities.map((one) => one.code), otherMunicipality];
  return [
    oneLine(t, 'organisation', t('fel.organisation')),
    choice('municipality', codes, t('fel.kommun')),
    choice('role', roles, t('fel.roll')),
    wayOfAttending(t, offered),
  ];
}

function email(t: Words): ValidationChain {
  return body('email')
    .customSanitizer(answer)
    .custom((typed: string) => {
      if (typed === '') throw new Error(t('fel.epost.saknas'));
      checkLength(t, typed, longest.email);
      if (!normalisedAddress(typed)) throw new Error(t('fel.epost.format'));
      return true;
    })
    .customSanitizer((typed: string) => normalisedAddress(typed) ?? typed);
}

/** A short text that must be there, on one line, and holds no personal number (G4). */
function oneLine(
  t: Words,
  name: 'givenName' | 'familyName' | 'organisation',
  missing: string,
): ValidationChain {
  return body(name)
    .customSanitizer(answer)
    .custom((typed: string) => {
      if (typed === '') throw new Error(missing);
      if (unprintable.test(typed)) throw new Error(t('fel.enrad'));
      checkLength(t, typed, longest[name]);
      if (holdsPersonalNumber(typed)) throw new Error(t('fel.personnummer'));
      return true;
    });
}

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
function wayOfAttending(t: Words, offered: Mode[]): ValidationChain {
  const [only, ...more] = offered;
  if (!only || more.length > 0) return choice('mode', offered, t('fel.deltagande'));
  const message = t(only === 'plats' ? 'fel.deltagande.baraPlats' : 'fel.deltagande.baraDigitalt');
  return choice('mode', ['', only], message);
}
