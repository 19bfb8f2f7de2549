import type { Request, Response } from 'express';
import { paths } from '../../base/paths.ts';
import { qrCode } from '../../base/rendering/qr.ts';
import { hasCode } from '../../registrations/personal/check-in.ts';
import { tokenOf } from '../../registrations/personal/links.ts';
import type { Own } from '../../registrations/personal/opened.ts';
import { inLanguage } from '../../texts/addresses.ts';
import { datesIn } from '../../texts/dates.ts';
import { capital } from '../../texts/grammar.ts';
import { textsIn } from '../../texts/texts.ts';
import { sendPage } from '../../web/pages.ts';

/** The code that is shown at the entrance. Anyone who has none is led to the registration, which says how things stand. */
export async function showCode(own: Own, req: Request<{ token: string }>, res: Response): Promise<void> {
  const { lang, now, context } = res.locals;
  const { registration, event, authority } = own;
  const { token } = req.params;
  if (!hasCode(own, now)) return res.redirect(303, inLanguage(paths.registration(token), lang));
  const { baseUrl, secret } = context.settings;
  sendPage(res, 'site/personal/code', {
    title: textsIn(lang)('kod.rubrik'),
    ...{ event, authority, token },
    when: capital(datesIn(lang).when(event.start, event.end)),
    code: qrCode(baseUrl + paths.checkIn(tokenOf(registration, secret, 'check-in'))),
  });
}
