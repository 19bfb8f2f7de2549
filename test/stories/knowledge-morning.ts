/**
 * The knowledge morning of 2024 as its invitation had it, with invented names. It gave no times but those of the whole
 * morning.
 */
export const morning = {
  title: 'Vill du vara med och skapa goda uppväxtvillkor?',
  summary: `Inbjudan till kunskapsförmiddag om att skapa förutsättningar för goda och jämlika uppväxtvillkor för barn och unga i länet.

Länsstyrelsen bjuder in alla intresserade förtroendevalda, chefer och strategiska tjänstepersoner till en kunskapsförmiddag om att skapa förutsättningar för goda och jämlika uppväxtvillkor för barn och unga i länet. Målet med dagen är att inspirera och belysa olika arbetssätt för att bidra till en framtid där varje barn och ung person har möjlighet att nå sin fulla potential.`,
  audience: 'Alla intresserade förtroendevalda, chefer och strategiska tjänstepersoner.',
  highlights: [
    'Landshövding Siv Nordgren',
    'Resultat från Liv och Hälsa ung',
    'Disa Lindholm, fil.dr. i folkhälsovetenskap, som berättar om hur vi lokalt kan skapa förutsättningar för goda och jämlika uppväxtvillkor',
    'Länsstyrelsens arbete inom social hållbarhet',
    'Inspirerande exempel från Strängnäs, Katrineholm och Norrtälje kommuner, vilka på olika sätt jobbat framgångsrikt för barn och ungas livsvillkor',
  ],
};

type Speaker = { name: string; title: string; organisation: string };
type Point = { title: string; text: string; speakers: Speaker[]; parts: string[] };

/** Its programme, with the three municipalities as parts of one session. */
export const programme: Point[] = [
  {
    title: 'Vilka har framtidstro?',
    speakers: [
      { name: 'Klara Hallgren', title: 'strateg', organisation: 'Region Sörmland' },
      { name: 'Eva Malm', title: 'statistiker', organisation: 'Region Sörmland' },
    ],
    text: 'Runt 70 % av de svarande på enkäten Liv och Hälsa Ung 2023 svarar att de ser ljust eller mycket ljust på framtiden för sin egen del. Vilka är dessa ungdomar? Var bor dom och spelar det någon roll för framtidstron om deras föräldrar arbetar eller är arbetslösa? Vi gör en djupdykning och försöker lära oss något om vilka faktorer som samspelar med att som ung ha framtidstro.',
    parts: [],
  },
  {
    title:
      'Goda och jämlika uppväxtvillkor för barn och unga – Hur skapas förutsättningar för ett framgångsrikt främjande och förebyggande arbete?',
    speakers: [{ name: 'Disa Lindholm', title: 'fil.dr. folkhälsovetenskap', organisation: '' }],
    text: 'Disa forskar kring barn och ungdomars utveckling och hälsa och insatser för att främja hälsa, förebygga ohälsa samt stärka ungas motståndskraft mot sociala risker. Risk och skyddsfaktorer är gemensamma oavsett om det handlar om att förebygga våld, brott, missbruk, psykisk ohälsa eller utanförskap. Under passet belyses hur kommuner kan skapa förutsättningar för det lokala främjande och förebyggande folkhälsoarbetet med fokus på målgruppen barn och unga.',
    parts: [],
  },
  {
    title: 'Så arbetar vi för barn och ungas livsvillkor',
    speakers: [],
    text: 'Ta del av tre kommuners arbete och hur de på olika sätt arbetar för barn och ungas goda och jämlika uppväxtvillkor.',
    parts: [
      'Strängnäs kommun: Ida Berglund, hållbarhetskommunikatör och My Ekström, utredare, utbildningskontoret. Strängnäs kommun avsätter årligen så kallade horisontella medel i budgeten för att skapa utveckling inom olika områden och främja samarbete över gränser. Agenda 2030 är ett av dessa områden och ska bland annat bidra till ett medarbetardrivet innovationsarbete för hållbar utveckling. Två projekt för att uppmuntra elever att gå och cykla till och från skolan genomfördes 2023. Barnen och ungdomarna fick identifiera otrygga resvägar och diskutera trafiksituationen vid sin skola.',
      'Katrineholms kommun: Ruth Norling, samordnare social hållbarhet. Katrineholm arbetar aktivt och strukturerat med förebyggande arbete för barn och unga. Under två år har kommunen i samarbete med Generation Pep arbetat i ett pilotprojekt för att skapa bättre förutsättningar för barn och unga att leva ett aktivt och hälsosamt liv. Arbetet inriktas bland annat på: Skolbaserade och förskolebaserade program, aktiv transport, barnrättsperspektivet, hälsofrämjande samhälls- och stadsplanering och idrotts- och fritidsaktiviteter för alla. Pilotprojektet avslutas 2023 och går in i ett utvecklingsprogram där fler kommuner kommer att delta i arbetet.',
      'Norrtälje kommun: Saga Alm, folkhälsostrateg, Trygg i Norrtälje kommun. Norrtälje kommun har vid flera tillfällen uppmärksammats nationellt för sitt förebyggande arbete och vann exempelvis titeln Årets förebyggande kommun, både 2017 och 2014. I kommunen finns goda förutsättningar för förebyggande arbete i termer av styrning och samverkan, prioriteringar och mål som följs upp, budget och personal samt kartläggningar. Kommunen beskriver att en av framgångsfaktorerna är att det förebyggande arbetet samlats i en gemensam avdelning under kommunstyrelsen, kallad Trygg i Norrtälje kommun, Tink. Arbetet har också utvärderats ur ett ekonomiskt perspektiv och visat på goda resultat.',
    ],
  },
];
