import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from '../../src/app.ts';
import type { Clock } from '../../src/base/clock.ts';
import type { Settings } from '../../src/base/settings.ts';
import { monday } from './builders.ts';
import { startDatabase } from './database.ts';
import { testSettings } from './settings.ts';

/** The real application on a port of its own, over a real and empty database. */
export type TestApp = {
  /** http://127.0.0.1:port */
  url: string;
  settings: Settings;
  clock: Clock;
  close(): Promise<void>;
};

/**
 * Starts the application with an empty database. Its clock stands still on a Monday where no other is given;
 * `settings` changes single settings of a test service without SMTP.
 */
export async function startApp(
  parts: { clock?: Clock; settings?: Partial<Settings> } = {},
): Promise<TestApp> {
  const { clock = () => monday } = parts;
  const database = await startDatabase();
  const settings = { ...testSettings(), ...parts.settings };
  const server: Server = createApp({ settings, clock }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    settings,
    clock,
    async close() {
      server.close();
      server.closeAllConnections();
      await database.close();
    },
  };
}
