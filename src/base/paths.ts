import type { Language } from './dates.ts';

/** Every address of the house. Visitors' addresses are the Swedish ones; `inLanguage` puts /en before them. */
export const paths = {
  home: () => '/',
  feed: () => '/kalender.ics',
  event: (slug: string) => `/evenemang/${slug}`,
  signUp: (slug: string) => `/evenemang/${slug}/anmalan`,
  thanks: (slug: string) => `/evenemang/${slug}/tack`,
  calendarFile: (slug: string) => `/evenemang/${slug}/kalender.ics`,
  registration: (token: string) => `/anmalan/${token}`,
  cancelRegistration: (token: string) => `/anmalan/${token}/avboka`,
  signUpAgain: (token: string) => `/anmalan/${token}/igen`,
  ownData: (token: string) => `/anmalan/${token}/data.json`,
  newLink: () => '/anmalan/ny-lank',
  privacy: () => '/personuppgifter',
  accessibility: () => '/tillganglighet',
  cookies: () => '/kakor',

  office: () => '/kontor',
  signIn: () => '/kontor/logga-in',
  signInLink: (token: string) => `/kontor/logga-in/${token}`,
  signOut: () => '/kontor/logga-ut',
  events: () => '/kontor/evenemang',
  newEvent: () => '/kontor/evenemang/nytt',
  officeEvent: (id: unknown) => `/kontor/evenemang/${id}`,
  programme: (id: unknown) => `/kontor/evenemang/${id}/program`,
  preview: (id: unknown) => `/kontor/evenemang/${id}/forhandsvisning`,
  whatTheyGet: (id: unknown) => `/kontor/evenemang/${id}/det-de-far`,
  whatTheyGetHtml: (id: unknown) => `/kontor/evenemang/${id}/det-de-far/html`,
  whatTheyGetFile: (id: unknown) => `/kontor/evenemang/${id}/det-de-far.eml`,
  publish: (id: unknown) => `/kontor/evenemang/${id}/publicera`,
  cancelEvent: (id: unknown) => `/kontor/evenemang/${id}/stall-in`,
  deleteEvent: (id: unknown) => `/kontor/evenemang/${id}/ta-bort`,
  copyEvent: (id: unknown) => `/kontor/evenemang/${id}/kopiera`,
  participants: (id: unknown) => `/kontor/evenemang/${id}/deltagare`,
  participantsCsv: (id: unknown) => `/kontor/evenemang/${id}/deltagare.csv`,
  addParticipant: (id: unknown) => `/kontor/evenemang/${id}/deltagare/ny`,
  participant: (id: unknown, registration: unknown) => `/kontor/evenemang/${id}/deltagare/${registration}`,
  cancelParticipant: (id: unknown, registration: unknown) =>
    `/kontor/evenemang/${id}/deltagare/${registration}/avboka`,
  attendance: (id: unknown) => `/kontor/evenemang/${id}/narvaro`,
  letters: () => '/kontor/brev',
  letter: (id: unknown) => `/kontor/brev/${id}`,
  letterFile: (id: unknown) => `/kontor/brev/${id}.eml`,
  letterHtml: (id: unknown) => `/kontor/brev/${id}/html`,
  statistics: () => '/kontor/statistik',
  statisticsCsv: () => '/kontor/statistik.csv',
  journal: () => '/kontor/logg',
  ownSettings: () => '/kontor/installningar',
  ownCalendar: (token: string) => `/kontor/kalender/${token}.ics`,
  makeCalendar: () => '/kontor/installningar/kalender',
  removeCalendar: () => '/kontor/installningar/kalender/ta-bort',
  invite: () => '/kontor/installningar/organisatorer',
  removeOrganiser: (id: unknown) => `/kontor/installningar/organisatorer/${id}/ta-bort`,
} as const;

/** A visitors' path in a language: English stands under /en. */
export function inLanguage(path: string, language: Language): string {
  if (language === 'sv') return path;
  return path === '/' ? '/en' : `/en${path}`;
}
