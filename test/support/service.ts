import type { Clock } from '../../src/base/clock.ts';
import type { Settings } from '../../src/base/settings.ts';
import { startWorker } from '../../src/worker.ts';
import { startApp, type TestApp } from './app.ts';
import { type Received, readMail } from './mail/mailbox.ts';
import { type Smtp, startSmtp } from './mail/smtp.ts';

/** The whole service with its mail server: the web, the worker, and the letters that have arrived. */
export type Service = {
  app: TestApp;
  smtp: Smtp;
  /** Waits for so many letters, counted from 1, and reads the last of them. */
  letter(number: number): Promise<Received>;
  close(): Promise<void>;
};

/** Opens the service on an empty database; its letters go to a mail server on loopback. `settings` changes single settings. */
export async function startService(clock: Clock, settings: Partial<Settings> = {}): Promise<Service> {
  const smtp = await startSmtp();
  const app = await startApp({ clock, settings: { smtpUrl: smtp.url, ...settings } });
  const worker = startWorker({ settings: app.settings, clock });
  return {
    app,
    smtp,
    async letter(number) {
      const mail = (await smtp.received(number))[number - 1];
      if (!mail) throw new Error(`There is no letter ${number}`);
      return readMail(mail);
    },
    async close() {
      await worker.stop();
      await app.close();
      await smtp.close();
    },
  };
}
