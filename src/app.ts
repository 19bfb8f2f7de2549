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
import { inLanguage } from './base/paths.ts';
import type { Settings } from './base/settings.ts';
import { office } from './office/routes.ts';
import { sendEventPage } from './site/event/page.ts';
import { site } from './site/routes.ts';
import { serveAssets } from './web/assets.ts';
import { notFound, showError } from './web/errors.ts';
import { sameSiteOnly } from './web/guards.ts';

/** The web application put together; main opens it, tests call it. */
export function createApp(parts: { settings: Settings; clock: Clock }): Express {
  const { settings, clock } = parts;
  const app = express();
  app.disable('x-powered-by').set('trust proxy', settings.trustProxy).set('query parser', 'simple');
  app.use(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: { defaultSrc: ["'self'"], imgSrc: ["'self'", 'data:'] },
      },
      strictTransportSecurity: settings.production,
      xFrameOptions: { action: 'deny' },
    }),
  );
  app.use(compression());
  // Files have an ending and pages have none: a page need not be looked for on the disk first.
  app.get(/\.\w+$/, serveAssets);
  app.use(begin(settings, clock));
  app.use('/en', inEnglish);
  app.use(sameSiteOnly, express.urlencoded({ extended: false, limit: '100kb', parameterLimit: 500 }));
  app.use(office(settings, sendEventPage));
  // One door for both languages, so that the limits count both.
  const visitors = site(settings);
  app.use('/en', visitors).use(visitors);
  app.use(notFound, showError);
  return app;
}

/** One moment and one act for each request, in Swedish until the address says otherwise. */
function begin(settings: Settings, clock: Clock): RequestHandler {
  return (req, res, next) => {
    const now = clock();
    Object.assign(res.locals, {
      now,
      context: { now, by: {}, settings },
      lang: 'sv',
      layout: 'site',
      languageLink: inLanguage(req.path, 'en'),
    });
    next();
  };
}

function inEnglish(req: Request, res: Response, next: NextFunction): void {
  Object.assign(res.locals, { lang: 'en', languageLink: req.path });
  next();
}
