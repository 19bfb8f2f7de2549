import type { Response } from 'express';
import type { Context } from '../base/context.ts';
import { datesIn, type Language } from '../base/dates.ts';
import { lookUp } from '../base/look-up.ts';
import { inLanguage, paths } from '../base/paths.ts';
import { render } from '../base/templates.ts';
import { textsIn } from '../texts/texts.ts';
import { asset } from './assets.ts';

/** The county board that a page's header and footer show. */
type Sender = {
  name: string;
  unit: string;
  street: string;
  postal: string;
  organisationNumber: string;
  contactEmail: string;
};

declare global {
  namespace Express {
    /** What a request carries: one moment, one language, one door. */
    interface Locals {
      now: Date;
      context: Context;
      lang: Language;
      layout: 'site' | 'office';
      /** The same page in the other language. */
      languageLink: string;
      authority?: Sender;
      /** Signed in: the organiser with the sign-in session's id, and the token that guards the organiser's forms. */
      organiser?: { id: string; name: string; authority: string; session: string };
      csrf?: string;
    }
  }
}

/**
 * Answers with a page: the view inside the layout of its door. Every view has `t`, `date`, `href`, `paths`, `asset`,
 * `lookUp` and `lang` besides what it is given; `title` is required, `current` names the menu's link.
 */
export function sendPage(
  res: Response,
  view: string,
  locals: { title: string; [name: string]: unknown },
  status = 200,
): void {
  const { lang, layout } = res.locals;
  const page = {
    ...res.locals,
    t: textsIn(lang),
    date: datesIn(lang),
    href: (path: string) => inLanguage(path, lang),
    paths,
    asset,
    lookUp,
    ...locals,
  };
  res
    .status(status)
    .type('html')
    .send(render(view, `${layout}`, page));
}
