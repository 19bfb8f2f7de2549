import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { logger } from '../base/log.ts';
import { inTurn } from '../base/serial.ts';

/** A PDF to write: a template of `views/print`, what it reads, and when it is made (seconds since 1970). */
export type PdfOrder = { template: string; data: unknown; seconds: number };

/** What the process answers: the PDF, what is wrong with the template, or that there is no typst for this machine. */
export type PdfAnswer = { pdf: Uint8Array } | { problem: string } | { missing: true };

/** The longest that writing a PDF may take, in milliseconds; an ordinary one takes some twenty. */
const longest = 30_000;

/** How long the process stays for the next PDF, in milliseconds. */
const idle = 60_000;

/** How many PDFs one process writes: each leaves up to a megabyte that only its end gives back. */
const most = 200;

/** What the log says where no PDF was written. */
const withoutTypst =
  'No PDF was written: typst has ended, or is missing. It comes with the optional packages of npm ci.';

type PdfWriter = { process: ChildProcess; written: number };

let writer: PdfWriter | undefined;
let ending: NodeJS.Timeout | undefined;

/**
 * Writes a PDF that anybody can read (PDF/UA-1). It happens in a process of its own: typst works without giving way, keeps
 * memory, and is native code, whose end must not be ours. The same order gives the same bytes.
 * @returns undefined where the program that writes is missing or has ended
 * @throws where the template does not give such a PDF
 */
export async function printPdf(order: PdfOrder): Promise<Buffer | undefined> {
  // One at a time: an answer is to the order that was given last.
  return inTurn('printing', async () => {
    clearTimeout(ending);
    writer ??= { process: startWriter(), written: 0 };
    const answer = await answered(writer.process, order);
    if (!answer || 'missing' in answer) logger.warn(withoutTypst);
    if (!answer || ++writer.written >= most) endWriter();
    ending = setTimeout(endWriter, idle).unref();
    if (answer && 'problem' in answer) throw new Error(answer.problem);
    return answer && 'pdf' in answer ? Buffer.from(answer.pdf) : undefined;
  });
}

/** What the process says; undefined if it ends or takes too long. */
async function answered(process: ChildProcess, order: PdfOrder): Promise<PdfAnswer | undefined> {
  const answer = new AbortController();
  const signal = AbortSignal.any([answer.signal, AbortSignal.timeout(longest)]);
  const said = once(process, 'message', { signal }).then(([message]: PdfAnswer[]) => message);
  const ended = once(process, 'exit', { signal }).then(() => undefined);
  process.send(order, () => {});
  try {
    return await Promise.race([said, ended]);
  } catch {
    return undefined;
  } finally {
    answer.abort();
  }
}

function startWriter(): ChildProcess {
  const started = fork(new URL('./child.ts', import.meta.url), {
    serialization: 'advanced',
    // What this process was started with is not meant for the other.
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  started.on('error', () => {});
  started.once('exit', () => {
    if (writer?.process === started) writer = undefined;
  });
  started.unref();
  started.channel?.unref();
  return started;
}

/** Ends the process; the next PDF starts a new one. */
export function endWriter(): void {
  writer?.process.kill();
  writer = undefined;
}
