import { Router } from 'express';
import { paths } from '../base/paths.ts';
import type { Settings } from '../base/settings.ts';
import { limitPosts } from '../web/guards.ts';
import { ownFormsOnly, sessions } from '../web/sessions.ts';
import { showCancel, submitCancel } from './event/cancel.ts';
import { showDelete, submitDelete } from './event/delete.ts';
import { showDetails, showNewEvent, submitDetails, submitNewEvent } from './event/details.ts';
import { showEvents } from './event/list.ts';
import { type SendEventPage, showPreview } from './event/preview.ts';
import { showProgramme, submitProgramme } from './event/programme.ts';
import { submitCopy, submitPublish } from './event/publish.ts';
import { sendWhatTheyGetFile, showWhatTheyGet, showWhatTheyGetHtml } from './event/sample-letters.ts';
import { sendMailFile, showInbox, showMail, submitMail } from './letters/inbox.ts';
import { sendLetterFile, showLetter, showLetterHtml, showLetters } from './letters/list.ts';
import { showLostLetters } from './letters/lost.ts';
import { showMailing, showMailingHtml, submitSendMailing, submitTryMailing } from './letters/mailing.ts';
import { showMailingForm, submitMailing, submitRemoveMailing } from './letters/mailing-draft.ts';
import { showEventLetters } from './letters/of-event.ts';
import { submitCloseLetter, submitResend } from './letters/resend.ts';
import { showAddParticipant, submitAddParticipant } from './participants/add.ts';
import { showAttendance, submitAttendance } from './participants/attendance.ts';
import { showCancelParticipant, submitCancelParticipant } from './participants/cancel.ts';
import { showChangeParticipant, submitChangeParticipant } from './participants/change.ts';
import { showGiveSeat, submitGiveSeat } from './participants/give-seat.ts';
import { sendParticipantsFile, showParticipants } from './participants/list.ts';
import { frame, organisersOnly } from './parts/guard.ts';
import {
  sendOwnCalendar,
  submitMakeCalendar,
  submitRemoveCalendar,
  toSettings,
} from './settings/own-calendar.ts';
import { showRemove, showSettings, submitInvite, submitRemove, submitSettings } from './settings/settings.ts';
import { showLink, showSignIn, submitLink, submitSignIn, submitSignOut } from './settings/sign-in.ts';
import { showJournal } from './year/log.ts';
import { sendStatisticsFile, showStatistics } from './year/statistics.ts';
import { showYear } from './year/year.ts';

/**
 * The organisers' door. Everything below the guard is for those who have signed in, and every post of theirs carries their token.
 * @param sendEventPage the visitors' page of an event, which the other door knows how to write
 */
export function office(settings: Settings, sendEventPage: SendEventPage): Router {
  const router = Router();
  // Before the sessions: calendar programs have none, and get no cookie.
  router.get('/kalender/:token.ics', sendOwnCalendar);
  router.use(sessions(settings, paths.office()), frame);
  router.use('/logga-in', limitPosts(settings.rateLimit, 30, 15));
  router.get('/logga-in', showSignIn).post('/logga-in', submitSignIn);
  router.get('/logga-in/:token', showLink).post('/logga-in/:token', submitLink);

  router.use(organisersOnly, ownFormsOnly);
  router.post('/logga-ut', submitSignOut);
  router.get('/', showYear);

  router.get('/evenemang', showEvents);
  router.get('/evenemang/nytt', showNewEvent).post('/evenemang/nytt', submitNewEvent);
  router.get('/evenemang/:id', showDetails).post('/evenemang/:id', submitDetails);
  router.get('/evenemang/:id/program', showProgramme).post('/evenemang/:id/program', submitProgramme);
  router.get('/evenemang/:id/forhandsvisning', showPreview(sendEventPage));
  router.get('/evenemang/:id/det-de-far', showWhatTheyGet);
  router.get('/evenemang/:id/det-de-far/html', showWhatTheyGetHtml);
  router.get('/evenemang/:id/det-de-far.eml', sendWhatTheyGetFile);
  router.post('/evenemang/:id/publicera', submitPublish);
  router.get('/evenemang/:id/stall-in', showCancel).post('/evenemang/:id/stall-in', submitCancel);
  router.get('/evenemang/:id/ta-bort', showDelete).post('/evenemang/:id/ta-bort', submitDelete);
  router.post('/evenemang/:id/kopiera', submitCopy);

  router.get('/installningar', showSettings).post('/installningar', submitSettings);
  router.post('/installningar/organisatorer', submitInvite);
  router
    .get('/installningar/organisatorer/:id/ta-bort', showRemove)
    .post('/installningar/organisatorer/:id/ta-bort', submitRemove);

  router.get('/installningar/kalender', toSettings).post('/installningar/kalender', submitMakeCalendar);
  router.post('/installningar/kalender/ta-bort', submitRemoveCalendar);

  router.get('/evenemang/:id/deltagare', showParticipants);
  router.get('/evenemang/:id/deltagare.csv', sendParticipantsFile);
  router.get('/evenemang/:id/deltagare/ny', showAddParticipant);
  router.post('/evenemang/:id/deltagare/ny', submitAddParticipant);
  router.get('/evenemang/:id/deltagare/:registration', showChangeParticipant);
  router.post('/evenemang/:id/deltagare/:registration', submitChangeParticipant);
  router.get('/evenemang/:id/deltagare/:registration/avboka', showCancelParticipant);
  router.post('/evenemang/:id/deltagare/:registration/avboka', submitCancelParticipant);
  router.get('/evenemang/:id/deltagare/:registration/ge-plats', showGiveSeat);
  router.post('/evenemang/:id/deltagare/:registration/ge-plats', submitGiveSeat);
  router.get('/evenemang/:id/narvaro', showAttendance);
  router.post('/evenemang/:id/narvaro', submitAttendance);

  router.get('/evenemang/:id/brev', showEventLetters);
  router.get('/evenemang/:id/utskick', showMailingForm).post('/evenemang/:id/utskick', submitMailing);
  router.get('/evenemang/:id/utskick/:mailing', showMailing);
  router.post('/evenemang/:id/utskick/:mailing', submitSendMailing);
  router.get('/evenemang/:id/utskick/:mailing/html', showMailingHtml);
  router.post('/evenemang/:id/utskick/:mailing/prova', submitTryMailing);
  router.post('/evenemang/:id/utskick/:mailing/ta-bort', submitRemoveMailing);

  router.get('/brev', showLetters);
  router.get('/brev/inte-framme', showLostLetters);
  router.get('/brev/:id.eml', sendLetterFile);
  router.get('/brev/:id', showLetter);
  router.get('/brev/:id/html', showLetterHtml);
  router.post('/brev/:id/igen', submitResend);
  router.post('/brev/:id/klart', submitCloseLetter);
  router.get('/inkommet', showInbox);
  router.get('/inkommet/:id.eml', sendMailFile);
  router.get('/inkommet/:id', showMail).post('/inkommet/:id', submitMail);
  router.get('/statistik', showStatistics);
  router.get('/statistik.csv', sendStatisticsFile);
  router.get('/logg', showJournal);
  return router;
}
