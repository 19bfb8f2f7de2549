/** Every address of the application; visitors' pages have those of their Swedish versions. */
export const paths = {
  home: () => '/',
  feed: () => '/kalender.ics',
  event: (slug: string) => `/evenemang/${slug}`,
  signUp: (slug: string) => `/evenemang/${slug}/anmalan`,
  remindMe: (slug: string) => `/evenemang/${slug}/paminn`,
  thanks: (slug: string) => `/evenemang/${slug}/tack`,
  queueThanks: (slug: string) => `/evenemang/${slug}/tack/vantelista`,
  groupThanks: (slug: string) => `/evenemang/${slug}/tack/kollegor`,
  calendarFile: (slug: string) => `/evenemang/${slug}/kalender.ics`,
  registration: (token: string) => `/anmalan/${token}`,
  cancelRegistration: (token: string) => `/anmalan/${token}/avboka`,
  signUpAgain: (token: string) => `/anmalan/${token}/igen`,
  keepRegistration: (token: string) => `/anmalan/${token}/kvar`,
  reminders: (token: string) => `/anmalan/${token}/paminnelser`,
  wantReminders: (token: string) => `/anmalan/${token}/paminnelser/igen`,
  ownInvitation: (token: string) => `/anmalan/${token}/kalender.ics`,
  entranceCode: (token: string) => `/anmalan/${token}/kod`,
  ownData: (token: string) => `/anmalan/${token}/data.json`,
  newLink: () => '/anmalan/ny-lank',
  noReminders: () => '/paminn-mig',
  eraseReminder: (mark: string) => `/paminn-mig/${mark}`,
  digitalDoor: (token: string) => `/delta/${token}`,
  picture: (hash: string) => `/bild/${hash}`,
  file: (hash: string, name: string) => `/fil/${hash}/${name}`,
  ownPortrait: (token: string) => `/medverkan/${token}/portratt`,
  engagement: (token: string) => `/medverkan/${token}`,
  privacy: () => '/personuppgifter',
  accessibility: () => '/tillganglighet',
  cookies: () => '/kakor',

  office: () => '/kontor',
  signIn: () => '/kontor/logga-in',
  signInLink: (token: string) => `/kontor/logga-in/${token}`,
  keptForms: () => '/kontor/skrivet',
  dropKeptForm: (form: string) => `/kontor/skrivet/${form}/ta-bort`,
  signOut: () => '/kontor/logga-ut',
  signOutEverywhere: () => '/kontor/logga-ut-overallt',
  signOutDevice: (id: unknown) => `/kontor/installningar/inloggningar/${id}/logga-ut`,
  events: () => '/kontor/evenemang',
  newEvent: () => '/kontor/evenemang/nytt',
  recordEvent: () => '/kontor/evenemang/tidigare',
  recordedEvent: (id: unknown) => `/kontor/evenemang/tidigare/${id}`,
  removeRecorded: (id: unknown) => `/kontor/evenemang/tidigare/${id}/ta-bort`,
  officeEvent: (id: unknown) => `/kontor/evenemang/${id}`,
  programme: (id: unknown) => `/kontor/evenemang/${id}/program`,
  eventFiles: (id: unknown) => `/kontor/evenemang/${id}/dokument`,
  eventPicture: (id: unknown) => `/kontor/evenemang/${id}/dokument/bild`,
  eventFile: (id: unknown, hash: unknown) => `/kontor/evenemang/${id}/dokument/${hash}`,
  runSheet: (id: unknown) => `/kontor/evenemang/${id}/korschema`,
  runSheetPdf: (id: unknown) => `/kontor/evenemang/${id}/korschema.pdf`,
  preview: (id: unknown) => `/kontor/evenemang/${id}/forhandsvisning`,
  whatTheyGet: (id: unknown) => `/kontor/evenemang/${id}/det-de-far`,
  whatTheyGetHtml: (id: unknown) => `/kontor/evenemang/${id}/det-de-far/html`,
  copyInvitation: (id: unknown) => `/kontor/evenemang/${id}/kopiera-inbjudan`,
  invitationFile: (id: unknown) => `/kontor/evenemang/${id}/kopiera-inbjudan.eml`,
  whatTheyGetFile: (id: unknown) => `/kontor/evenemang/${id}/det-de-far.eml`,
  publish: (id: unknown) => `/kontor/evenemang/${id}/publicera`,
  unpublish: (id: unknown) => `/kontor/evenemang/${id}/utkast`,
  cancelEvent: (id: unknown) => `/kontor/evenemang/${id}/stall-in`,
  deleteEvent: (id: unknown) => `/kontor/evenemang/${id}/ta-bort`,
  copyEvent: (id: unknown) => `/kontor/evenemang/${id}/kopiera`,
  participants: (id: unknown) => `/kontor/evenemang/${id}/deltagare`,
  participantsCsv: (id: unknown) => `/kontor/evenemang/${id}/deltagare.csv`,
  addParticipant: (id: unknown) => `/kontor/evenemang/${id}/deltagare/ny`,
  cancelParticipants: (id: unknown) => `/kontor/evenemang/${id}/deltagare/avboka`,
  participant: (id: unknown, registration: unknown) => `/kontor/evenemang/${id}/deltagare/${registration}`,
  cancelParticipant: (id: unknown, registration: unknown) =>
    `/kontor/evenemang/${id}/deltagare/${registration}/avboka`,
  erasePerson: (id: unknown, registration: unknown) =>
    `/kontor/evenemang/${id}/deltagare/${registration}/radera`,
  giveSeat: (id: unknown, registration: unknown) =>
    `/kontor/evenemang/${id}/deltagare/${registration}/ge-plats`,
  eventLetters: (id: unknown) => `/kontor/evenemang/${id}/brev`,
  newMailing: (id: unknown) => `/kontor/evenemang/${id}/utskick`,
  mailing: (id: unknown, mailing: unknown) => `/kontor/evenemang/${id}/utskick/${mailing}`,
  mailingHtml: (id: unknown, mailing: unknown) => `/kontor/evenemang/${id}/utskick/${mailing}/html`,
  tryMailing: (id: unknown, mailing: unknown) => `/kontor/evenemang/${id}/utskick/${mailing}/prova`,
  removeMailing: (id: unknown, mailing: unknown) => `/kontor/evenemang/${id}/utskick/${mailing}/ta-bort`,
  attendance: (id: unknown) => `/kontor/evenemang/${id}/narvaro`,
  closeEvent: (id: unknown) => `/kontor/evenemang/${id}/narvaro/avsluta`,
  meetingReports: (id: unknown) => `/kontor/evenemang/${id}/narvaro/rapport`,
  undoMeetingReport: (id: unknown) => `/kontor/evenemang/${id}/narvaro/rapport/angra`,
  meetingReport: (id: unknown, report: unknown) => `/kontor/evenemang/${id}/narvaro/rapport/${report}`,
  reportColumns: (id: unknown, report: unknown) =>
    `/kontor/evenemang/${id}/narvaro/rapport/${report}/kolumner`,
  walkIn: (id: unknown) => `/kontor/evenemang/${id}/narvaro/utan-anmalan`,
  paperList: (id: unknown) => `/kontor/evenemang/${id}/narvaro/lista`,
  helperLinks: (id: unknown) => `/kontor/evenemang/${id}/narvaro/hjalpare`,
  revokeHelperLink: (id: unknown, link: unknown) =>
    `/kontor/evenemang/${id}/narvaro/hjalpare/${link}/ta-bort`,
  helper: (token: string) => `/kontor/hjalp/${token}`,
  checkIn: (token: string) => `/kontor/in/${token}`,
  eventSpeakers: (id: unknown) => `/kontor/evenemang/${id}/medverkande`,
  inviteSpeakers: (id: unknown) => `/kontor/evenemang/${id}/medverkande/bjud-in`,
  eventSpeaker: (id: unknown, engagement: unknown) => `/kontor/evenemang/${id}/medverkande/${engagement}`,
  officeFile: (id: unknown, engagement: unknown, hash: unknown) =>
    `/kontor/evenemang/${id}/medverkande/${engagement}/fil/${hash}`,
  speakers: () => '/kontor/medverkande',
  speaker: (id: unknown) => `/kontor/medverkande/${id}`,
  eraseSpeaker: (id: unknown) => `/kontor/medverkande/${id}/radera`,
  mergeSpeakers: (id: unknown, other: unknown) => `/kontor/medverkande/${id}/sla-ihop/${other}`,
  letters: () => '/kontor/brev',
  lostLetters: () => '/kontor/brev/inte-framme',
  heldLetters: () => '/kontor/brev/hallna',
  resendLetter: (id: unknown) => `/kontor/brev/${id}/igen`,
  closeLetter: (id: unknown) => `/kontor/brev/${id}/klart`,
  letter: (id: unknown) => `/kontor/brev/${id}`,
  letterFile: (id: unknown) => `/kontor/brev/${id}.eml`,
  letterHtml: (id: unknown) => `/kontor/brev/${id}/html`,
  inbox: () => '/kontor/inkommet',
  inboxMail: (id: unknown) => `/kontor/inkommet/${id}`,
  inboxFile: (id: unknown) => `/kontor/inkommet/${id}.eml`,
  yearWheel: () => '/kontor/arshjul',
  yearWheelFile: () => '/kontor/arshjul.svg',
  dateProposals: () => '/kontor/datumforslag',
  planYear: () => '/kontor/planera',
  statistics: () => '/kontor/statistik',
  statisticsCsv: () => '/kontor/statistik.csv',
  log: () => '/kontor/logg',
  logFile: () => '/kontor/logg.csv',
  ownSettings: () => '/kontor/installningar',
  initiative: () => '/kontor/installningar/satsning',
  schoolBreaks: () => '/kontor/installningar/skollov',
  ownCalendar: (token: string) => `/kontor/kalender/${token}.ics`,
  makeCalendar: () => '/kontor/installningar/kalender',
  removeExample: () => '/kontor/installningar/exempel/ta-bort',
  removeCalendar: () => '/kontor/installningar/kalender/ta-bort',
  invite: () => '/kontor/installningar/organisatorer',
  removeOrganiser: (id: unknown) => `/kontor/installningar/organisatorer/${id}/ta-bort`,
} as const;

/** What stands before the key in every address that holds one: anyone who has the address can do what it is for. */
export const beforeKeys = [
  '/anmalan/',
  '/delta/',
  '/medverkan/',
  '/paminn-mig/',
  '/kontor/logga-in/',
  '/kontor/kalender/',
  '/kontor/in/',
  '/kontor/hjalp/',
] as const;

const keyAddress = new RegExp(`^(?:/[a-z]{2})?((?:${beforeKeys.join('|')})[^/]+)`, 'i');

/** True for a path that holds a key, or something in its place. */
export function holdsKey(path: string): boolean {
  const [, found] = keyAddress.exec(path) ?? [];
  return found !== undefined && found !== paths.newLink();
}

// Some programs write a link inside another one, with %2F for each slash. A key has 40 characters or more; one that
// was cut is hidden as well.
const keysInTexts = new RegExp(
  `(?<=${beforeKeys.map((start) => start.replaceAll('/', '(?:/|%(?:25)*2F)')).join('|')})[\\w-]{20,}`,
  'gi',
);

/** The keys that stand in a text, each once. */
export function keysIn(text: string): string[] {
  return [...new Set(text.match(keysInTexts))];
}

/** A text with the keys in its addresses hidden. */
export function withoutKeys(text: string): string {
  return text.replace(keysInTexts, 'dold');
}
