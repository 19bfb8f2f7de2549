import { connect } from 'node:net';
import { setTimeout } from 'node:timers/promises';

/** What a client does next: says a line and hears the answer, or cuts the line after some bytes, or waits. */
export type Step = string | { cut: string } | { wait: number };

/** Speaks SMTP by hand. @returns the greeting and each answer, whole */
export async function speak(port: number, steps: Step[]): Promise<string[]> {
  const socket = connect(port, '127.0.0.1').setEncoding('utf8');
  const heard = socket[Symbol.asyncIterator]();
  const answer = async () => {
    let text = '';
    // The last line of an answer has a space after its code.
    while (!/^\d{3} .*\r\n$/m.test(text)) {
      const { value, done } = await heard.next();
      if (done) break;
      text += value;
    }
    return text;
  };
  const answers = [await answer()];
  for (const step of steps) {
    if (typeof step === 'string') {
      socket.write(`${step}\r\n`);
      answers.push(await answer());
    } else if ('cut' in step) socket.write(step.cut);
    else await setTimeout(step.wait);
  }
  socket.destroy();
  return answers;
}
