import type { Event, Factor, Kind, Mode, RunSheet } from '../events/event.ts';

/** One part of an example's programme; hours are Stockholm's. */
export type ExampleSession = {
  start: string;
  end: string;
  title: string;
  description?: string;
  isBreak?: true;
  room?: string;
  speakers?: [name: string, title: string, organisation: string][];
} & RunSheet;

/** An example event without its place in time. */
export type ExampleEvent = Pick<
  Event,
  'title' | 'venue' | 'address' | 'meetingLink' | 'summary' | 'highlights'
> & {
  authority: '05' | '04';
  kind: Kind;
  factors: Factor[];
  start: string;
  end: string;
  seats: Record<Mode, number | null>;
  sessions: ExampleSession[];
};

const residence = { venue: 'Konferens Stångån, sal Roxen', address: 'Exempelgatan 3, Linköping' };
const coffee: ExampleSession = {
  start: '08:30',
  end: '09:00',
  title: 'Kaffe och registrering',
  isBreak: true,
};
const pause: ExampleSession = { start: '10:30', end: '10:50', title: 'Paus', isBreak: true };
const hybrid = { plats: 120, digitalt: null };

/** Who plans the days of each county board. */
export const organisers = [
  { name: 'Maja Lindgren', email: 'maja.lindgren@example.se', authority: '05' },
  { name: 'Karin Ekdal', email: 'karin.ekdal@example.se', authority: '04' },
];

/** The boost days around today: one that has been, one open for sign-up, one that opens later. */
export const aroundToday: [past: ExampleEvent, open: ExampleEvent, later: ExampleEvent] = [
  {
    authority: '05',
    kind: 'boostdag',
    factors: ['fritid'],
    title: 'Fritid utan trösklar',
    ...residence,
    meetingLink: '',
    seats: { plats: 90, digitalt: 0 },
    start: '08:30',
    end: '12:00',
    summary: 'Vi möts om hur fler barn och unga i länet kan få en fritid som känns meningsfull.',
    highlights: [
      'vad barn själva säger om sin fritid',
      'hur avgiftsfria aktiviteter kan nå dem som annars står utanför',
    ],
    sessions: [
      coffee,
      {
        start: '09:00',
        end: '10:30',
        title: 'Fritiden som skydd',
        description: 'Vad forskningen säger om föreningsliv, öppen ungdomsverksamhet och hälsa.',
        speakers: [['Ellen Vik', 'lektor i folkhälsovetenskap', 'Norra Ekeby högskola']],
      },
      pause,
      {
        start: '10:50',
        end: '12:00',
        title: 'Så öppnade vi hallarna',
        description: 'Två kommuner berättar om kvällsöppna idrottshallar med ledare på plats.',
        speakers: [
          ['Jonas Falk', 'fritidschef', 'Finspångs kommun'],
          ['Amina Sund', 'ungdomscoach', 'Motala kommun'],
        ],
      },
    ],
  },
  {
    authority: '05',
    kind: 'boostdag',
    factors: ['skola'],
    title: 'Skolan som skydd: så når fler barn målen',
    ...residence,
    meetingLink: 'https://moten.example.se/boostdag-skolan',
    seats: hybrid,
    start: '08:30',
    end: '12:00',
    summary:
      'Välkommen till en förmiddag om vad som håller barn kvar i skolan. Du får ny forskning och exempel från länet som går att börja med direkt.',
    highlights: [
      'ny forskning om vad som gör att barn klarar skolan',
      'hur en kommun arbetar när frånvaron ökar',
      'ett samtal om vad politiken kan göra tidigt',
    ],
    sessions: [
      coffee,
      {
        start: '09:00',
        end: '09:45',
        title: 'Det som håller barn kvar i skolan',
        description:
          'Vad säger forskningen om närvaro, trygghet och stöd? En genomgång av tio års studier, med exempel som går att börja med i morgon.',
        speakers: [['Elin Sandbäck', 'lektor i pedagogik', 'Norra Ekeby högskola']],
      },
      {
        start: '09:45',
        end: '10:30',
        title: 'När frånvaron ökar: så gjorde vi',
        description: 'Ett kommunövergripande arbete mellan skola, socialtjänst och fritid.',
        speakers: [['Johan Wiklund', 'utvecklingsstrateg', 'Motala kommun']],
      },
      pause,
      {
        start: '10:50',
        end: '12:00',
        title: 'Samtal: vad kan politiken göra tidigt?',
        speakers: [
          ['Amina Hassan', 'kommunalråd', 'Norrköpings kommun'],
          ['Per Ljung', 'skolchef', 'Kinda kommun'],
        ],
      },
    ],
  },
  {
    authority: '05',
    kind: 'boostdag',
    factors: ['foraldrar'],
    title: 'Föräldrar och barn: relationer som håller',
    venue: 'Kulturhuset Strömmen, stora salen',
    address: 'Exempelvägen 8, Norrköping',
    meetingLink: '',
    seats: { plats: 80, digitalt: null },
    start: '09:00',
    end: '15:30',
    summary: 'En heldag om föräldraskapsstöd som når fram, från förskolan till tonåren.',
    highlights: [
      'vad som stärker relationen mellan föräldrar och barn',
      'hur tre kommuner erbjuder stöd utan väntetid',
    ],
    sessions: [
      {
        start: '09:00',
        end: '10:30',
        title: 'Relationer som skyddar',
        description: 'Om anknytning, gränser och vardag, och varför tidigt stöd lönar sig.',
        speakers: [['Mirjam Alm', 'psykolog', 'Centrum för föräldraskap']],
      },
      pause,
      {
        start: '10:50',
        end: '12:00',
        title: 'Föräldrastöd utan väntetid',
        speakers: [
          ['Lars Nyman', 'familjebehandlare', 'Mjölby kommun'],
          ['Sara Ödman', 'enhetschef', 'Vadstena kommun'],
        ],
      },
      { start: '12:00', end: '13:00', title: 'Lunch', isBreak: true },
      {
        start: '13:00',
        end: '14:45',
        title: 'Verkstad: stöd under de första åren',
        description: 'För er som arbetar med familjecentraler och förskola.',
        room: 'Stora salen',
        responsible: 'Maja Lindgren',
        technique: 'Två handmikrofoner',
        notes: 'Möblera om till grupper om sex under lunchen.',
      },
      {
        start: '13:00',
        end: '14:45',
        title: 'Verkstad: stöd i tonåren',
        description: 'För er som arbetar med skola, socialtjänst och fritid.',
        room: 'Lilla salen',
        responsible: 'Bo Ek',
        technique: 'Projektor',
      },
      {
        start: '14:45',
        end: '15:30',
        title: 'Från kunskap till handling',
        description: 'Varje kommun gör sin egen plan för våren.',
        room: 'Stora salen',
      },
    ],
  },
];

/**
 * Södermanland's knowledge morning follows the county board's real invitation of February 2024, with invented people.
 */
export const knowledgeMorning: ExampleEvent = {
  authority: '04',
  kind: 'kunskapsformiddag',
  factors: [],
  title: 'Vill du vara med och skapa goda uppväxtvillkor?',
  venue: '',
  address: '',
  meetingLink: 'https://moten.example.se/kunskapsformiddag',
  seats: { plats: 0, digitalt: 300 },
  start: '09:00',
  end: '12:00',
  summary:
    'Kunskapsförmiddagen handlar om hur vi skapar förutsättningar för goda och jämlika uppväxtvillkor för barn och unga i länet. Målet är att inspirera och visa olika arbetssätt.',
  highlights: [
    'länsledningen om arbetet för social hållbarhet',
    'resultat från en enkät om ungas hälsa',
    'forskning om hur vi kan arbeta främjande lokalt',
    'exempel från tre kommuner',
  ],
  sessions: [
    {
      start: '09:00',
      end: '09:15',
      title: 'Välkommen',
      speakers: [['Britta Rask', 'enhetschef', 'Länsstyrelsen Södermanland']],
    },
    {
      start: '09:15',
      end: '10:00',
      title: 'Vilka har framtidstro?',
      description:
        'Sju av tio unga ser ljust på sin framtid. Vilka är de, var bor de och vad betyder det om föräldrarna har arbete?',
      speakers: [
        ['Katja Moberg', 'strateg', 'Region Sörmland'],
        ['Elis Hage', 'statistiker', 'Region Sörmland'],
      ],
    },
    {
      start: '10:00',
      end: '10:45',
      title: 'Hur lyckas främjande och förebyggande arbete?',
      description:
        'Risk- och skyddsfaktorer är gemensamma, oavsett om det handlar om våld, missbruk eller psykisk ohälsa. Vad kan en kommun göra?',
      speakers: [['Cecilia Palm', 'doktor i folkhälsovetenskap', 'Södra Exempelinstitutet']],
    },
    { start: '10:45', end: '11:00', title: 'Paus', isBreak: true },
    {
      start: '11:00',
      end: '12:00',
      title: 'Så arbetar vi för barns och ungas livsvillkor',
      description:
        'Tre kommuner berättar: trygga vägar till skolan, rörelse i förskolan och en gemensam avdelning för trygghet.',
      speakers: [
        ['Alva Strand', 'hållbarhetskommunikatör', 'Strängnäs kommun'],
        ['Karin Holm', 'samordnare', 'Katrineholms kommun'],
        ['Sofia Ahl', 'folkhälsostrateg', 'Nyköpings kommun'],
      ],
    },
  ],
};

/** A visit that more people want to come on than there is room for: it has a waiting list. */
export const fullVisit: ExampleEvent = {
  authority: '05',
  kind: 'annat',
  factors: ['foraldrar'],
  title: 'Studiebesök på en familjecentral',
  venue: 'Familjecentralen Ekollonet',
  address: 'Exempelstigen 2, Mjölby',
  meetingLink: '',
  seats: { plats: 24, digitalt: 0 },
  start: '13:00',
  end: '15:30',
  summary:
    'Se hur förskola, socialtjänst, barnhälsovård och mödrahälsovård arbetar under samma tak. Lokalerna är små, så platserna är få.',
  highlights: ['hur fyra verksamheter delar vardag', 'vad föräldrarna själva säger'],
  sessions: [
    {
      start: '13:00',
      end: '14:00',
      title: 'Rundvandring',
      speakers: [['Frida Lundin', 'samordnare', 'Familjecentralen Ekollonet']],
    },
    { start: '14:00', end: '14:20', title: 'Kaffe' },
    { start: '14:20', end: '15:30', title: 'Samtal: vad krävs för att börja?' },
  ],
};

/** The boost days of an earlier year: one for each protective factor, with their place in the year. */
export const earlierYear: { week: number; event: ExampleEvent }[] = [
  { week: 7, event: earlier('skola', 'Närvaro varje dag') },
  { week: 19, event: earlier('foraldrar', 'Stöd till föräldrar i vardagen') },
  { week: 42, event: earlier('fritid', 'En meningsfull fritid för alla barn') },
];

function earlier(factor: Factor, title: string): ExampleEvent {
  return {
    authority: '05',
    kind: 'boostdag',
    factors: [factor],
    title,
    ...residence,
    meetingLink: '',
    seats: hybrid,
    start: '09:00',
    end: '12:00',
    summary: 'Ny forskning och goda exempel från länets kommuner.',
    highlights: ['ny forskning', 'goda exempel från länet'],
    sessions: [
      {
        start: '09:00',
        end: '12:00',
        title,
        speakers: [['Olle Berg', 'utvecklingsledare', 'Länsstyrelsen Östergötland']],
      },
    ],
  };
}
