import { Router } from 'express';
import { paths } from '../base/paths.ts';
import type { Settings } from '../base/settings.ts';
import { limitPosts } from '../web/guards.ts';
import { ownFormsOnly, sessions } from '../web/sessions.ts';
import { showAddParticipant, submitAddParticipant } from './add-participant.ts';
import { showAttendance, submitAttendance } from './attendance.ts';
import { showCancelParticipant, submitCancelParticipant } from './cancel-participant.ts';
import { frame, organisersOnly } from './guard.ts';
import { showJournal } from './journal.ts';
import { sendLetterFile, showLetter, showLetterHtml, showLetters } from './letters.ts';
import { sendParticipantsFile, showParticipants } from './participants.ts';
import { showLink, showSignIn, submitLink, submitSignIn, submitSignOut } from './sign-in.ts';
import { sendStatisticsFile, showStatistics } from './statistics.ts';

/** The organisers' door. Everything below the guard is for those who have signed in, and every post of theirs carries their token. */
export function office(settings: Settings): Router {
  const router = Router();
  router.use(sessions(settings, paths.office()), frame);
  router.use('/logga-in', limitPosts(settings.rateLimit, 30, 15));
  router.get('/logga-in', showSignIn).post('/logga-in', submitSignIn);
  router.get('/logga-in/:token', showLink).post('/logga-in/:token', submitLink);

  router.use(organisersOnly, ownFormsOnly);
  router.post('/logga-ut', submitSignOut);

  router.get('/evenemang/:id/deltagare', showParticipants);
  router.get('/evenemang/:id/deltagare.csv', sendParticipantsFile);
  router.get('/evenemang/:id/deltagare/ny', showAddParticipant);
  router.post('/evenemang/:id/deltagare/ny', submitAddParticipant);
  router.get('/evenemang/:id/deltagare/:registration/avboka', showCancelParticipant);
  router.post('/evenemang/:id/deltagare/:registration/avboka', submitCancelParticipant);
  router.get('/evenemang/:id/narvaro', showAttendance);
  router.post('/evenemang/:id/narvaro', submitAttendance);

  router.get('/brev', showLetters);
  router.get('/brev/:id.eml', sendLetterFile);
  router.get('/brev/:id', showLetter);
  router.get('/brev/:id/html', showLetterHtml);
  router.get('/statistik', showStatistics);
  router.get('/statistik.csv', sendStatisticsFile);
  router.get('/logg', showJournal);
  return router;
}
