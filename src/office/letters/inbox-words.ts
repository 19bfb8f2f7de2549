import type { Mail, MailOutcome } from '../../inbox/mail.ts';
import { datesIn } from '../../texts/dates.ts';

/** What the office says of a mail: in a list, and what it means or what to do about it. */
export type MailWords = { short: string; long: string };

const proposalWords = {
  time: {
    short: 'Föreslår en annan tid',
    long: 'Personen har föreslagit en annan tid i sin kalender. Inget är ändrat. Svara personen.',
  },
  place: {
    short: 'Vill lämna över sin plats',
    long: 'Personen vill att någon annan kommer i stället. Inget är ändrat. Ändra deltagaren, eller svara personen.',
  },
} satisfies Record<string, MailWords>;

/** What a held mail is, and what to do about it. */
export function heldWords(from: Date, isReleasable: boolean): { heading: string; text: string } {
  const why = 'Allt i mejlet gick inte att söka igenom, till exempel en bilaga eller något krypterat.';
  if (isReleasable)
    return {
      heading: 'Mejlet hålls tills någon av er släpper det',
      text: `${why} Där kan finnas en länk som bara mottagaren får använda. Släpper ni mejlet går det att hämta, och det skrivs i loggen.`,
    };
  return {
    heading: 'Mejlet går inte att hämta ännu',
    text: `${why} Där kan finnas en länk som loggar in någon. Sådana länkar slutar gälla inom ett dygn, så från ${datesIn('sv').stamp(from)} kan ni släppa mejlet. Är det bråttom: be avsändaren skriva igen, som vanlig text.`,
  };
}

const calendarSays = 'Det är noterat hos deltagaren.';
const nothingDone = 'Inget är ändrat.';

/** What the office says of a mail: why it is here, or what became of it. */
export function wordsOf({ outcome = 'unreadable', proposal }: Pick<Mail, 'outcome' | 'proposal'>): MailWords {
  if (outcome !== 'calendar' || !proposal) return mailWords[outcome];
  if (proposal.method === 'COUNTER') return proposalWords.time;
  return proposal.delegates.length > 0 ? proposalWords.place : mailWords.calendar;
}

const mailWords: Record<MailOutcome, MailWords> = {
  letter: {
    short: 'Ett vanligt mejl',
    long: 'Någon har skrivit till adressen som mejlen kommer från. Svara från din egen e-post.',
  },
  calendar: {
    short: 'En kalenderfråga som inte är ja eller nej',
    long: `Mejlet föreslår till exempel en ny tid, lämnar över platsen till någon annan eller är en egen inbjudan. ${nothingDone} Svara personen.`,
  },
  autoanswer: {
    short: 'Ett svar i ett automatiskt mejl',
    long: `Mejlet svarar på en inbjudan men säger att det är skickat av ett program. ${nothingDone} Fråga personen om svaret stämmer.`,
  },
  returned: {
    short: 'Ett mejl har kommit tillbaka',
    long: `Någon går inte att nå, men det går inte att se vem mejlet gällde. Läs det, leta upp personen och rätta adressen.`,
  },
  sealed: {
    short: 'Krypterat, eller i en winmail.dat',
    long: 'Innehållet går inte att läsa här. Be avsändaren skriva igen som vanlig text, eller hämta mejlet och öppna det i ditt e-postprogram.',
  },
  unreadable: {
    short: 'Går inte att läsa',
    long: `Mejlet är trasigt eller ovanligt byggt. ${nothingDone} Hämta det och öppna det i ditt e-postprogram.`,
  },
  declined: {
    short: 'Tackade nej i sin kalender',
    long: `${calendarSays} Går det ännu att avboka har vi mejlat en fråga om det. Platsen är kvar tills personen eller ni avbokar.`,
  },
  accepted: { short: 'Tackade ja i sin kalender', long: calendarSays },
  tentative: { short: 'Svarade kanske i sin kalender', long: calendarSays },
  speakerAccepted: {
    short: 'En medverkande tackade ja i sin kalender',
    long: `Personen hade redan tackat ja till att medverka. ${nothingDone}`,
  },
  speakerDeclined: {
    short: 'En medverkande tackade nej i sin kalender',
    long: `Personen har tackat ja till att medverka, men kalendern svarar nej eller kanske. ${nothingDone} Fråga personen, och ta bort inbjudan om svaret stämmer.`,
  },
  asked: {
    short: 'Ett nej som inte gick att lita på',
    long: `Det gick inte att se att mejlet verkligen kom från personen. ${nothingDone} Vi har mejlat personen en fråga om att avboka.`,
  },
  unproved: {
    short: 'Ett svar som inte gick att lita på',
    long: `Det gick inte att se att mejlet verkligen kom från personen. ${nothingDone}`,
  },
  bounced: {
    short: 'Mejlet kom tillbaka',
    long: 'Adressen tar inte emot mejl. Inga påminnelser går dit. Fråga personen efter rätt adress och ändra den.',
  },
  unsubscribed: {
    short: 'Vill inte ha påminnelser',
    long: 'Personen får inga fler påminnelser, men får veta om något ändras.',
  },
  delayed: { short: 'Besked om ett mejl på väg', long: `Mejlet är försenat eller framme. ${nothingDone}` },
  old: { short: 'Svar om en tid som inte gäller längre', long: nothingDone },
  older: { short: 'Ett äldre svar', long: `Personen har svarat på nytt efter det. ${nothingDone}` },
  late: {
    short: 'Svar när det inte längre fanns något att svara på',
    long: `Personen har ingen plats, eller så är evenemanget inställt eller över. ${nothingDone}`,
  },
  alias: {
    short: 'Tackade nej från en annan adress',
    long: 'Nejet kom inte från den anmälda adressen. Det kan vara en annan adress till samma person, eller någon som har fått inbjudan vidare. Vi har mejlat den anmälda adressen en fråga om att avboka. Platsen är kvar tills personen eller ni avbokar.',
  },
  stranger: {
    short: 'Någon annan svarade på inbjudan',
    long: `Inbjudan kan ha skickats vidare. ${nothingDone}`,
  },
  unknown: { short: 'Svar på en inbjudan som inte är vår', long: nothingDone },
  duplicate: { short: 'Samma mejl en gång till', long: nothingDone },
  automatic: { short: 'Automatiskt mejl', long: nothingDone },
};
