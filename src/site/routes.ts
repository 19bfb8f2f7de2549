import { Router } from 'express';
import { paths } from '../base/paths.ts';
import type { Settings } from '../base/settings.ts';
import { takeFiles } from '../web/files/upload.ts';
import { countInvalid, noPrefetch } from '../web/guards.ts';
import { showAccessibility, showCookies, showPrivacy } from './about.ts';
import { leadOn } from './event/moved.ts';
import { sendCalendarFile, showEvent } from './event/page.ts';
import {
  showEraseReminder,
  showNoReminders,
  showRemindMe,
  submitEraseReminder,
  submitRemindMe,
} from './event/reminder.ts';
import { sendFeed } from './feed.ts';
import { sendPublicFile, sendPublicPicture } from './files.ts';
import { answerHealth, answerReadiness } from './health.ts';
import { showHome } from './home.ts';
import {
  own,
  sendOwnData,
  sendOwnInvitation,
  showCancel,
  showOwn,
  submitAgain,
  submitCancel,
  submitOwn,
  toOwn,
} from './personal/acts.ts';
import { showCode } from './personal/code.ts';
import { atDoor, showDoor, submitDoor } from './personal/door.ts';
import { showNewLink, submitNewLink } from './personal/new-link.ts';
import { sendListData, showOwnList } from './personal/own-list.ts';
import {
  showReminders,
  submitKeep,
  submitNoReminders,
  submitReminders,
  toReminders,
} from './personal/reminders.ts';
import { submitRegistration, toForm } from './sign-up/submit.ts';
import { showGroupThanks, showQueueThanks, showThanks } from './sign-up/thanks.ts';
import {
  asSpeaker,
  sendOwnPortrait,
  showEngagement,
  speakersOnly,
  submitEngagement,
} from './speaker/page.ts';
import { fileFields, fileMegabytes } from './speaker/uploads.ts';

/** The visitors' pages, the same in each language. */
export function site(settings: Settings): Router {
  const router = Router();
  const invalid = countInvalid(settings);
  router.get('/healthz', answerHealth).get('/readyz', answerReadiness);

  router.get(paths.home(), showHome);
  router.get(paths.feed(), sendFeed);
  router.get(paths.event(':slug'), showEvent);
  router.get(paths.calendarFile(':slug'), sendCalendarFile);
  router.get(paths.signUp(':slug'), toForm).post(paths.signUp(':slug'), invalid, submitRegistration);
  router.get(paths.remindMe(':slug'), showRemindMe).post(paths.remindMe(':slug'), invalid, submitRemindMe);
  router.get(paths.thanks(':slug'), showThanks).get(paths.queueThanks(':slug'), showQueueThanks);
  router.get(paths.groupThanks(':slug'), showGroupThanks);
  router.use(paths.event(':slug'), leadOn);

  router.use(['/anmalan', '/delta', '/medverkan', '/paminn-mig'], noPrefetch);
  router.get(paths.newLink(), showNewLink).post(paths.newLink(), invalid, submitNewLink);
  router
    .get(paths.registration(':token'), own(showOwn, showOwnList))
    .post(paths.registration(':token'), own(submitOwn));
  router.get(paths.cancelRegistration(':token'), own(showCancel));
  router.post(paths.cancelRegistration(':token'), own(submitCancel));
  router.get(paths.signUpAgain(':token'), toOwn).post(paths.signUpAgain(':token'), own(submitAgain));
  router.get(paths.keepRegistration(':token'), toOwn);
  router.post(paths.keepRegistration(':token'), own(submitKeep));
  router.get(paths.reminders(':token'), own(showReminders));
  router.post(paths.reminders(':token'), own(submitNoReminders));
  router.get(paths.wantReminders(':token'), toReminders);
  router.post(paths.wantReminders(':token'), own(submitReminders));
  router.get(paths.ownInvitation(':token'), own(sendOwnInvitation));
  router.get(paths.entranceCode(':token'), own(showCode));
  router.get(paths.ownData(':token'), own(sendOwnData, sendListData));

  router.get(paths.noReminders(), showNoReminders);
  router.get(paths.eraseReminder(':token'), showEraseReminder);
  router.post(paths.eraseReminder(':token'), submitEraseReminder);

  router.get(paths.digitalDoor(':token'), atDoor(showDoor));
  router.post(paths.digitalDoor(':token'), atDoor(submitDoor));

  router.get(paths.engagement(':token'), asSpeaker(showEngagement));
  router.post(
    paths.engagement(':token'),
    speakersOnly,
    takeFiles(fileFields, fileMegabytes),
    asSpeaker(submitEngagement),
  );
  router.get(paths.ownPortrait(':token'), asSpeaker(sendOwnPortrait));
  router.get(paths.picture(':hash'), sendPublicPicture);
  router.get(paths.file(':hash', ':name'), sendPublicFile);

  router.get(paths.privacy(), showPrivacy);
  router.get(paths.accessibility(), showAccessibility);
  router.get(paths.cookies(), showCookies);
  return router;
}
