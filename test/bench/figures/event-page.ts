import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { paths } from '../../../src/base/paths.ts';
import { freePort } from '../../support/processes/main-process.ts';
import { startApplication } from '../application.ts';
import { makeData, writeEvent } from '../data.ts';
import { ask, figure, inTurns, rate } from '../measure.ts';
import { firstLine, inFolder, run } from '../processes.ts';

/** As browsers ask for a page. */
const headers = { 'accept-encoding': 'gzip' };

/** Q7: the page of an open event with its form, 16 at a time, against Express, helmet and compression with the same bytes. */
export async function eventPage(): Promise<void> {
  await inFolder(async (folder) => {
    let path = '';
    await makeData(folder, async (place) => {
      path = paths.event((await writeEvent(place, 'En dag', 30)).slug);
    });
    const app = await startApplication(folder);
    const page = join(folder, 'page.html');
    writeFileSync(page, gunzipSync((await ask(app.url + path, { headers })).bytes));
    const port = await freePort();
    const bare = run('test/bench/bare-page.ts', { PORT: String(port), PAGE: page });
    await firstLine(bare);
    const [ours, theirs] = await inTurns(
      () => rate(1_500, 16, () => ask(app.url + path, { headers })),
      () => rate(1_500, 16, () => ask(`http://127.0.0.1:${port}/`, { headers })),
    );
    await app.stop();
    await bare.stop();
    const about = 'event page with gzip, against Express + helmet + compression sending the same bytes';
    figure('Q7', about, [ours, theirs], { unit: 'pages/s', aim: '>= 0.26' });
  });
}
