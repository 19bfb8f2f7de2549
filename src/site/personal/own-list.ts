import type { Request, Response } from 'express';
import { paths } from '../../base/paths.ts';
import { listData, type OwnList } from '../../registrations/personal/own-list.ts';
import { inLanguage } from '../../texts/addresses.ts';
import { datesIn } from '../../texts/dates.ts';
import { capital } from '../../texts/grammar.ts';
import { textsIn } from '../../texts/texts.ts';
import { sendPersonalFile } from '../../web/files/files.ts';
import { sendPage } from '../../web/pages.ts';

type ListRequest = Request<{ token: string }>;

/** What somebody who signed up others has sent, and what is kept about them. Each of the others has a link of their own. */
export async function showOwnList(list: OwnList, req: ListRequest, res: Response): Promise<void> {
  const { lang } = res.locals;
  const { event, authority, letter } = list;
  sendPage(res, 'site/personal/own-list', {
    title: textsIn(lang)('min.lista.rubrik'),
    ...{ event, authority, token: req.params.token, names: letter.facts.names ?? [] },
    when: capital(datesIn(lang).when(event.start, event.end)),
  });
}

/** All data held about them, as a file. */
export async function sendListData(list: OwnList, req: ListRequest, res: Response): Promise<void> {
  const page = inLanguage(paths.registration(req.params.token), res.locals.lang);
  const file = { name: 'min-anmalan.json', type: 'json', page };
  await sendPersonalFile(req, res, file, async () => `${JSON.stringify(await listData(list), null, 2)}\n`);
}
