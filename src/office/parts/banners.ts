import { oldestUnsent } from '../../outbox/outbox.ts';
import { type Alarm, alarms } from '../../outbox/sending/alarm.ts';
import { counted } from '../../texts/grammar.ts';

/** What the organisers read on every page while something is wrong that people must mend. */
export type Banner = { heading: string; text: string };

/** The banners of this moment; none if all is well. */
export async function bannersAt(now: Date): Promise<Banner[]> {
  const found = await alarms(await oldestUnsent(now));
  // Why they wait says more than that they do.
  const why = found.filter(({ what }) => what === 'mailServerRefusesUs');
  return found.filter(({ what }) => what !== 'lettersLate' || why.length === 0).map(bannerOf);
}

function bannerOf(alarm: Alarm): Banner {
  if (alarm.what === 'diskFull')
    return {
      heading: 'Inget kan sparas: databasens disk är full',
      text: 'Anmälningar och ändringar tas inte emot just nu. Be den som sköter driften att ge disken mer plats. Det går också att ta bort sådant som inte behövs. Sedan fungerar allt igen av sig självt.',
    };
  if (alarm.what === 'mailServerRefusesUs')
    return {
      heading: 'Inga mejl går ut: e-postservern släpper inte in oss',
      text: `Be den som sköter driften att kontrollera lösenord och TLS i SMTP_URL (${alarm.code}). Mejlen sparas och skickas när det är lagat.`,
    };
  return {
    heading: `Mejl har väntat i ${waited(alarm.seconds)} på att skickas`,
    text: 'Vi försöker igen av oss själva. Se under Mejl vilka det är. Är de många? Be den som sköter driften att titta på e-postservern.',
  };
}

function waited(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  if (minutes < 120) return counted(minutes, 'minut', 'minuter');
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} timmar` : `${Math.floor(hours / 24)} dygn`;
}
