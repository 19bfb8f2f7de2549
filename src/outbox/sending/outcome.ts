/** What one attempt came to. `code` is the SMTP code, or nodemailer's if the server gave none. */
export type Outcome =
  | { outcome: 'sent'; response: string }
  /** This letter can never arrive: 5xx to RCPT or DATA. */
  | { outcome: 'refused'; code: string; text: string }
  /** Try this letter again: 4xx to RCPT or DATA. `domain`: its receiver's whole domain is to be spared for a while. */
  | { outcome: 'later'; code: string; text: string; domain: boolean }
  /** The line broke or fell silent with the letter on it, perhaps after the server took it. */
  | { outcome: 'lost'; code: string; text: string }
  /** The server takes nothing from us, whatever the letter: the whole queue waits. */
  | { outcome: 'wait'; code: string; text: string };

/** What nodemailer throws. */
export type SendingError = {
  code?: string;
  responseCode?: number;
  command?: string;
  /** The system call that failed, if one did. */
  syscall?: string;
  message: string;
  response?: string;
};
/** What the server said to a letter: `taken` is its answer to one that it took. */
export type ServerAnswer = { taken: string } | { error: SendingError };

/** Some servers take only so many letters over one connection: what they answer then counts only on a fresh one. */
export function isLineFull(answer: ServerAnswer): boolean {
  if ('taken' in answer || ![421, 452].includes(answer.error.responseCode ?? 0)) return false;
  return answer.error.command === 'MAIL FROM' || isAboutLetter(answer.error);
}

/** An answer to RCPT or DATA; with pipelining nodemailer tells a 421 to them as a connection that was closed with a code. */
function isAboutLetter({ command, code, responseCode }: SendingError): boolean {
  if (command === 'RCPT TO' || command === 'DATA') return true;
  return code === 'ECONNECTION' && command === 'CONN' && responseCode !== undefined;
}

/** What an answer means for the letter and for the queue. */
export function outcomeOf(answer: ServerAnswer): Outcome {
  if ('taken' in answer) return { outcome: 'sent', response: safe(answer.taken) };
  const { error } = answer;
  const code = String(error.responseCode ?? error.code ?? 'UNKNOWN');
  const why = { code, text: safe(error.response ?? error.message) };
  if (isBroken(error)) return { outcome: 'lost', ...why };
  // What cannot even be written never gets better.
  if (code === 'EENVELOPE' || code === 'EMESSAGE') return { outcome: 'refused', ...why };
  if (!error.responseCode || !isAboutLetter(error)) return { outcome: 'wait', ...why };
  if (error.responseCode >= 500) return { outcome: 'refused', ...why };
  return { outcome: 'later', domain: isAboutDomain(error), ...why };
}

/** The connection stood, and ended without a word. An error in opening it has another shape: no command, no such system call. */
function isBroken({ code, responseCode, command, syscall, message }: SendingError): boolean {
  if (responseCode) return false;
  if (code === 'ESOCKET') return syscall === 'read' || syscall === 'write';
  if (code === 'ETIMEDOUT') return message === 'Timeout';
  return code === 'ECONNECTION' && command === 'CONN';
}

/** A code 4.1.x or 4.2.x is about the one address or mailbox (RFC 3463); so is a bare 450, as of greylisting (RFC 5321 4.2.3). */
function isAboutDomain({ responseCode, response }: SendingError): boolean {
  const [, subject] = /^\d{3}[ -]4\.(\d)\.\d/.exec(response ?? '') ?? [];
  return subject ? !['1', '2'].includes(subject) : responseCode !== 450;
}

/** The server knows that there is no such receiver (RFC 3463, 3.2; RFC 7505), unlike a full mailbox or a rule of the server. */
export function isDeadAddress(outcome: Outcome): boolean {
  return outcome.outcome === 'refused' && /\b5\.1\.(1|2|3|6|10)\b/.test(outcome.text);
}

/** A server's words without the addresses that it repeats, short enough for a list. */
function safe(text: string): string {
  return text
    .replace(/\p{Cc}+/gu, ' ')
    .replace(/\S*@\S*/g, '…')
    .slice(0, 200);
}
