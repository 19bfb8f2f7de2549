import type { Letter } from '../../outbox/letter.ts';

/** Why a letter has not arrived, and what to do about it. */
export type LetterTrouble = { why: string; todo: string };

type Case = { code: RegExp; words?: RegExp } & LetterTrouble;

const mend =
  'Fråga personen efter rätt adress och ändra den på deltagarens sida. Då går en ny bekräftelse dit.';
const mendSpeaker =
  'Fråga personen efter rätt adress och ändra den i registret över medverkande. Då går inbjudan dit.';
const wait = 'Vänta: vi försöker igen av oss själva.';
const ourServer = 'E-postservern som skickar våra mejl tar inte emot dem.';
const askIt = 'Be den som sköter driften att titta på e-postservern.';

/** The first that fits, by the code and the server's own words (RFC 3463). */
const cases: Case[] = [
  {
    code: /^(?:5|bounced)/,
    words: /\b5\.2\.2\b|quota|full/i,
    why: 'Brevlådan är full.',
    todo: 'Be personen rensa brevlådan, och skicka sedan igen.',
  },
  {
    code: /^5/,
    words: /\b5\.7\.|spam|block|polic|denied|reject/i,
    why: 'Mottagarens e-postserver släpper inte fram mejl från oss.',
    todo: `Ring personen så länge. ${askIt}`,
  },
  {
    code: /^(?:550|551|5\.1\.)/,
    why: 'Adressen finns inte.',
    todo: mend,
  },
  {
    code: /^552/,
    why: 'Brevlådan är full, eller mejlet för stort för den.',
    todo: 'Be personen rensa brevlådan, och skicka sedan igen.',
  },
  { code: /^(?:553|501|EENVELOPE)/, why: 'Adressen är fel skriven.', todo: mend },
  {
    code: /^(?:554|5)/,
    why: 'Mottagarens e-postserver tar inte emot mejlet.',
    todo: `Pröva att skicka igen. Går det inte: ring personen. ${askIt}`,
  },
  {
    code: /^(?:EAUTH|ENOAUTH|EOAUTH2|ETLS|EREQUIRETLS|EDNS|ECONFIG)/,
    why: ourServer,
    todo: askIt,
  },
  {
    code: /^4/,
    why: 'Mottagarens e-postserver bad oss komma tillbaka senare.',
    todo: wait,
  },
  { code: /^E[A-Z]/, why: 'Vi fick inget svar från e-postservern.', todo: wait },
  {
    code: /./,
    why: 'Mejlet gick inte att skriva. Det är ett fel i tjänsten.',
    todo: 'Anmäl felet till den som sköter driften.',
  },
];

/** What an organiser is told of a letter that has not arrived; undefined where nothing is wrong. */
export function troubleOf(letter: LetterOutcome): LetterTrouble | undefined {
  const trouble = troubleIn(letter);
  const isToSpeaker = letter.facts?.speaker && trouble?.todo === mend;
  return isToSpeaker ? { ...trouble, todo: mendSpeaker } : trouble;
}

type LetterOutcome = Pick<Letter, 'state' | 'error'> & { facts?: { speaker?: unknown } };

function troubleIn({ state, error }: LetterOutcome): LetterTrouble | undefined {
  const isLost = state === 'failed' || state === 'bounced';
  const waits = state === 'queued' || state === 'sending';
  if (!isLost && !(waits && error)) return undefined;
  // If the receiver refuses for good, the letter fails. One that waits after a 5xx was refused by our own mail server.
  if (waits && error?.code.startsWith('5')) return { why: ourServer, todo: askIt };
  const found = cases.find(
    ({ code, words }) => code.test(error?.code ?? '') && (!words || words.test(error?.text ?? '')),
  );
  const trouble = found ?? { why: '', todo: mend };
  if (state === 'bounced') return { why: `Mejlet kom tillbaka. ${trouble.why}`.trim(), todo: trouble.todo };
  // After two days of trying nothing more happens by itself.
  const gaveUp = state === 'failed' && trouble.todo === wait;
  return gaveUp
    ? { why: `${trouble.why} Vi har försökt i två dygn.`, todo: 'Kontrollera adressen och skicka igen.' }
    : trouble;
}
