import { isDiskFull } from '../../base/full-disk.ts';
import { readPause } from './backoff.ts';

/** What keeps everything from being saved, or letters from leaving, for people to mend. */
export type Alarm =
  | { what: 'diskFull' }
  | { what: 'mailServerRefusesUs'; code: string }
  /** `seconds`: since the oldest letter that waits was owed. */
  | { what: 'lettersLate'; seconds: number };

/** Letters that wait longer than this need somebody to look, in seconds. */
const late = 600;

/** nodemailer's codes and SMTP's for a sign-in or a secure line that does not come about. */
const ofSignIn = /^(?:EAUTH|ENOAUTH|EOAUTH2|ETLS|EREQUIRETLS|ECONFIG|454|53\d)$/;

/**
 * What is wrong at this moment; nothing if all is saved and letters leave.
 * @param seconds how long the oldest letter has waited, if one does (oldestUnsent)
 */
export async function alarms(seconds = 0): Promise<Alarm[]> {
  const [pause, diskFull] = await Promise.all([readPause(), isDiskFull()]);
  return [
    ...(diskFull ? [{ what: 'diskFull' as const }] : []),
    ...(pause && ofSignIn.test(pause.code)
      ? [{ what: 'mailServerRefusesUs' as const, code: pause.code }]
      : []),
    ...(seconds > late ? [{ what: 'lettersLate' as const, seconds }] : []),
  ];
}
