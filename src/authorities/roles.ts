/** The roles that the programme follows up; keys as in forms and files. In words: `falt.roll.*` of the texts. */
export const roles = [
  'fortroendevald',
  'chef',
  'strategisk-tjansteperson',
  'tjansteperson',
  'annan',
] as const;
export type Role = (typeof roles)[number];

/** What the office calls a role; visitors' pages take those of the texts. */
export const roleNames: Record<Role, string> = {
  fortroendevald: 'Förtroendevald',
  chef: 'Chef',
  'strategisk-tjansteperson': 'Strategisk tjänsteperson',
  tjansteperson: 'Tjänsteperson',
  annan: 'Annan roll',
};

/** The heads of columns with numbers of people. */
export const rolesInPlural: Record<Role, string> = {
  fortroendevald: 'Förtroendevalda',
  chef: 'Chefer',
  'strategisk-tjansteperson': 'Strategiska tjänstepersoner',
  tjansteperson: 'Tjänstepersoner',
  annan: 'Andra roller',
};

/** The code of those who represent none of the county's municipalities. */
export const otherMunicipality = 'annan';
