import type { Request, Response } from 'express';
import { type Authority, listAuthorities } from '../authorities/authority.ts';
import { originHours } from '../registrations/bursts/origin.ts';
import { actDays } from '../registrations/personal/links.ts';
import { people } from '../registrations/sign-up/people-limit.ts';
import { listed } from '../texts/grammar.ts';
import { textsIn } from '../texts/texts.ts';
import { markCookie } from '../web/browser-mark.ts';
import { sendPage } from '../web/pages.ts';
import { sessionCookie } from '../web/sessions.ts';

/** When the website was last tested against WCAG 2.2 AA, and when the statement about it was last written. */
const assessed = new Date('2026-11-22T12:00:00Z');

/** How personal data is processed: by one county board where the address names it (lan), else by each of them. */
export async function showPrivacy(req: Request, res: Response): Promise<void> {
  const all = await listAuthorities();
  const named = all.filter((one) => one._id === req.query.lan);
  sendAbout(res, 'privacy', named.length ? named : all, {
    title: textsIn(res.locals.lang)('gemensamt.sidfot.personuppgifter'),
    ...{ originHours, actDays },
    // The count itself, and as long again for the letters about the last of those who were counted.
    counted: { under: people.minutes, hogst: 2 * people.minutes },
  });
}

/** The accessibility statement, with everything that Digg requires of one (MDFFS 2019:2). */
export async function showAccessibility(_req: Request, res: Response): Promise<void> {
  const t = textsIn(res.locals.lang);
  const authorities = await listAuthorities();
  const names = listed(
    authorities.map((one) => one.name),
    res.locals.lang,
  );
  sendAbout(res, 'accessibility', authorities, {
    ...{ title: t('gemensamt.sidfot.tillganglighet'), names, assessed },
  });
}

/** Which cookies there are. */
export async function showCookies(_req: Request, res: Response): Promise<void> {
  const t = textsIn(res.locals.lang);
  const names = { cookie: sessionCookie, mark: markCookie };
  sendAbout(res, 'cookies', await listAuthorities(), { title: t('gemensamt.sidfot.kakor'), ...names });
}

function sendAbout(
  res: Response,
  view: string,
  authorities: Authority[],
  locals: { title: string; [name: string]: unknown },
): void {
  const [only, ...others] = authorities;
  sendPage(res, `site/about/${view}`, {
    ...locals,
    authorities,
    authority: others.length ? undefined : only,
  });
}
