import type { Response } from 'express';
import type { Context } from '../base/context.ts';
import { shownAddress } from '../base/form/addresses.ts';
import { lookUp } from '../base/form/look-up.ts';
import { dialled } from '../base/form/phones.ts';
import { paths } from '../base/paths.ts';
import { render } from '../base/rendering/templates.ts';
import { inLanguage } from '../texts/addresses.ts';
import { datesIn } from '../texts/dates.ts';
import { formatted, formattedLine } from '../texts/formatting.ts';
import * as grammar from '../texts/grammar.ts';
import { type Language, languages, textsIn } from '../texts/texts.ts';
import { asset } from './files/assets.ts';

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
    /** What a request carries: one moment, one language, and which part of the site it is for. */
    interface Locals {
      now: Date;
      context: Context;
      /** The process is about to end. */
      stopping: boolean;
      lang: Language;
      layout: 'site' | 'office';
      /** Where the same page stands in a language. */
      addressIn: (language: Language) => string;
      authority?: Sender;
      /** Signed in: the organiser with the sign-in session's id, and the token that guards the organiser's forms. */
      organiser?: { id: string; name: string; authority: string; session: string };
      csrf?: string;
    }
  }
}

type PageLocals = { title: string; addressIn?: Response['locals']['addressIn']; [name: string]: unknown };

/** Answers with a page. */
export function sendPage(res: Response, view: string, locals: PageLocals, status = 200): void {
  res
    .status(status)
    .type('html')
    .send(pageText(res, view, locals));
}

/**
 * A page as HTML: the view inside the layout of its audience. Every view has `t`, `date`, `grammar`, `href`, `paths`,
 * `asset`, `lookUp`, `shownAddress`, `dialled`, `formatted` and `lang` besides what it is given; `title` is required, `current` names the
 * menu's link.
 */
export function pageText(res: Response, view: string, locals: PageLocals): string {
  const { lang, layout } = res.locals;
  const { addressIn = res.locals.addressIn } = locals;
  const page = {
    ...res.locals,
    t: textsIn(lang),
    date: datesIn(lang),
    href: (path: string) => inLanguage(path, lang),
    paths,
    asset,
    grammar,
    formatted,
    formattedLine,
    languageLinks: linksToOthers(lang, addressIn),
    lookUp,
    shownAddress,
    dialled,
    ...locals,
  };
  return render(view, `${layout}`, page);
}

/** The links to a page in each language besides its own, in the words of that language. */
function linksToOthers(own: Language, addressIn: Response['locals']['addressIn']) {
  return languages
    .filter((language) => language !== own)
    .map((language) => ({
      language,
      href: addressIn(language),
      text: textsIn(language)('gemensamt.spraklank'),
    }));
}
