import { type Municipality, otherMunicipalityName } from './authority.ts';
import { otherMunicipality } from './roles.ts';

const swedish = new Intl.Collator('sv');

/** Municipalities in the order of the Swedish alphabet. */
export function inOrder<T extends Pick<Municipality, 'name'>>(municipalities: T[]): T[] {
  return municipalities.toSorted((a, b) => swedish.compare(a.name, b.name));
}

/**
 * The municipalities of a county as the choices of a form, in order; last the one of those who represent none of them.
 * @param other what that one is called
 */
export function municipalityChoices(
  municipalities: Pick<Municipality, 'code' | 'name'>[],
  other = otherMunicipalityName,
): { value: string; label: string }[] {
  const known = inOrder(municipalities).map(({ code, name }) => ({ value: code, label: name }));
  return [...known, { value: otherMunicipality, label: other }];
}
