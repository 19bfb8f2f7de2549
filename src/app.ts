import compression from 'compression';
import express, {
  type Express,
  type NextFunction,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import helmet from 'helmet';
import type { Clock } from './base/clock.ts';
import { holdsKey } from './base/paths.ts';
import type { Settings } from './base/settings.ts';
import { office } from './office/routes.ts';
import { sendEventPage } from './site/event/page.ts';
import { site } from './site/routes.ts';
import { inLanguage, prefixOf } from './texts/addresses.ts';
import { type Language, translations } from './texts/texts.ts';
import { notFound, showError } from './web/errors.ts';
import { serveAssets, serveLibrary, serveScripts } from './web/files/assets.ts';
import { formsOnly, networkOf, sameSiteOnly } from './web/guards.ts';
import { limitLoad } from './web/load.ts';

/** Requests under way at the same time: a rush of a thousand sign-ups waits its turn, and pages are still shown meanwhile. */
const mostUnderWay = 2_000;

/** What the web application is made of. `stopping` is aborted when the process is to end. */
type Parts = { settings: Settings; clock: Clock; stopping?: AbortSignal; most?: number };

/** The web application put together; main opens it, tests call it. */
export function createApp(parts: Parts): Express {
  const { settings, clock, stopping = new AbortController().signal, most = mostUnderWay } = parts;
  const app = express();
  app.disable('x-powered-by').set('trust proxy', settings.trustProxy).set('query parser', 'simple');
  app.use(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'self'"],
          imgSrc: ["'self'", 'data:'],
          // The pages of the entrance have their own (office/attendance/script.ts).
          scriptSrc: ["'none'"],
          objectSrc: ["'none'"],
          // These three do not follow default-src (CSP Level 3, section 6).
          baseUri: ["'none'"],
          formAction: ["'self'"],
          frameAncestors: ["'none'"],
        },
      },
      // Older browsers tell where a form comes from only if its page may say where it is.
      referrerPolicy: { policy: 'same-origin' },
      strictTransportSecurity: settings.production,
      xFrameOptions: { action: 'deny' },
    }),
  );
  app.use(compression());
  app.use(begin(settings, clock, stopping));
  app.use(withoutEndOfSentence);
  for (const language of translations) app.use(prefixOf(language), speak(language));
  app.use(limitLoad(most, stopping));
  // Files have an ending and pages have none: a page need not be looked for on the disk first.
  app.get('/entrance/idb.js', serveLibrary);
  app.use('/entrance', serveScripts);
  app.get(/\.\w+$/, serveAssets);
  // 500 participants can be cancelled at once, each of them a field.
  const form = express.urlencoded({ extended: false, limit: '100kb', parameterLimit: 600 });
  app.use(sameSiteOnly(settings), form, formsOnly);
  app.use(office(settings, sendEventPage));
  // The same routes for all languages, so that the limits count what is sent in any of them.
  const visitors = site(settings);
  for (const language of translations) app.use(prefixOf(language), visitors);
  app.use(visitors);
  app.use(notFound, showError);
  return app;
}

/** One moment and one act for each request, in Swedish until the address says otherwise. */
function begin(settings: Settings, clock: Clock, stopping: AbortSignal): RequestHandler {
  return (req, res, next) => {
    const now = clock();
    Object.assign(res.locals, {
      now,
      context: { now, by: req.method === 'POST' ? { network: networkOf(req) } : {}, settings },
      stopping: stopping.aborted,
      layout: 'site',
    });
    // The key in such an address must reach nobody, and no log, as a Referer.
    if (holdsKey(req.path)) res.set('Referrer-Policy', 'no-referrer');
    speak('sv')(req, res, next);
  };
}

/** What may stand behind a link in a text. Some programs take it for a part of the link; no address of ours ends in it. */
const endOfSentence = /(?:[.,;:!)>\]"'”’]|%(?:22|27|29|3E|5D|E2%80%9[9D]))+$/i;

/** Leads a link with the end of its sentence behind it to the address that was meant. */
function withoutEndOfSentence(req: Request, res: Response, next: NextFunction): void {
  const [path = '', ...query] = req.originalUrl.split(/(?=\?)/);
  const meant = path.replace(endOfSentence, '').replace(/^\/*/, '/');
  const isLink = req.method === 'GET' || req.method === 'HEAD';
  if (isLink && endOfSentence.test(path)) res.redirect(meant + query.join(''));
  else next();
}

/** Answers in a language; below its prefix the path is that of the Swedish page. */
function speak(lang: Language): RequestHandler {
  return ({ path }, res, next) => {
    const addressIn = (language: Language) => inLanguage(path, language);
    Object.assign(res.locals, { lang, addressIn });
    next();
  };
}
