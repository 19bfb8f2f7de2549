import { Router } from 'express';
import { paths } from '../base/paths.ts';
import type { Settings } from '../base/settings.ts';
import { markedFormsOnly } from '../web/browser-mark.ts';
import { keptMegabytes, takeFile, takeFiles } from '../web/files/upload.ts';
import { noPrefetch } from '../web/guards.ts';
import { ownFormsOnly, sessions } from '../web/sessions.ts';
import { showClose, submitClose } from './attendance/close.ts';
import { showAttendance, submitAttendance } from './attendance/list.ts';
import { showPaperList, submitPaperList } from './attendance/paper.ts';
import { showColumns, submitColumns } from './attendance/reports/columns.ts';
import { showReportForm, submitReport } from './attendance/reports/form.ts';
import { showReport, submitDecisions, submitUndoReport } from './attendance/reports/report.ts';
import { submitWalkIn } from './attendance/walk-in.ts';
import { showCheckIn, submitCheckIn } from './entrance/check-in.ts';
import { asHelper, showHelper, submitHelper } from './entrance/helper.ts';
import { showHelperLinks, submitHelperLink, submitRevoke } from './entrance/helper-links.ts';
import { showCancel, submitCancel } from './event/cancel.ts';
import { showDelete, submitDelete } from './event/delete.ts';
import { showDetails, showNewEvent, submitDetails, submitNewEvent } from './event/details.ts';
import { showEvents } from './event/list.ts';
import { type SendEventPage, showPreview } from './event/preview.ts';
import { showPublish, submitCopy, submitPublish, submitUnpublish } from './event/publish.ts';
import { sendWhatTheyGetFile, showWhatTheyGet, showWhatTheyGetHtml } from './event/sample-letters.ts';
import { submitDocument } from './files/document.ts';
import { sendEventFile, showFiles, toFiles } from './files/page.ts';
import { submitPicture } from './files/picture.ts';
import { sendInvitationDraft, showInvitationDraft } from './letters/copy-invitation.ts';
import { showHeldLetters, submitHeldLetters } from './letters/held.ts';
import { sendMailFile, showInbox, showMail, submitMail } from './letters/inbox.ts';
import { sendLetterFile, showLetter, showLetterHtml, showLetters } from './letters/list.ts';
import { showLostLetters } from './letters/lost.ts';
import { showMailing, showMailingHtml, submitSendMailing, submitTryMailing } from './letters/mailing.ts';
import { showMailingForm, submitMailing, submitRemoveMailing } from './letters/mailing-draft.ts';
import { showEventLetters } from './letters/of-event.ts';
import { submitCloseLetter, submitResend } from './letters/resend.ts';
import { showAddParticipant, submitAddParticipant } from './participants/add.ts';
import { showCancelParticipant, submitCancelParticipant } from './participants/cancel.ts';
import { submitCancelParticipants } from './participants/cancel-many.ts';
import { showChangeParticipant, submitChangeParticipant } from './participants/change.ts';
import { showErase, submitErase } from './participants/erase.ts';
import { showGiveSeat, submitGiveSeat } from './participants/give-seat.ts';
import { sendParticipantsFile, showParticipants } from './participants/list.ts';
import { frame, organisersKnown, organisersOnly } from './parts/guard.ts';
import { keepAgain, ownFormsOrAgain, takeKept } from './parts/refused-form.ts';
import { showDateProposals } from './planning/date-proposals.ts';
import { showInitiative, submitInitiative } from './planning/initiative.ts';
import { showPlanYear, submitPlanYear } from './planning/plan-year.ts';
import {
  showRecordEvent,
  showRecorded,
  showRemoveRecorded,
  submitRecordEvent,
  submitRecorded,
  submitRemoveRecorded,
} from './planning/recorded-event.ts';
import { showSchoolBreaks, submitSchoolBreaks } from './planning/school-breaks.ts';
import { sendYearWheelFile, showYearWheel } from './planning/year-wheel.ts';
import { showProgramme } from './programme/page.ts';
import { sendRunSheetPdf, showRunSheet } from './programme/run-sheet.ts';
import { submitProgramme } from './programme/submit.ts';
import { showRemoveExample, submitRemoveExample } from './settings/example.ts';
import { showKeptForms, submitDropKeptForm } from './settings/kept-forms.ts';
import {
  sendOwnCalendar,
  submitMakeCalendar,
  submitRemoveCalendar,
  toSettings,
} from './settings/own-calendar.ts';
import { showRemove, showSettings, submitInvite, submitRemove, submitSettings } from './settings/settings.ts';
import { showLink, showSignIn, submitLink, submitSignIn } from './settings/sign-in.ts';
import { submitSignOut, submitSignOutDevice, submitSignOutEverywhere } from './settings/sign-out.ts';
import { showSpeaker, submitSpeakerEntry } from './speakers/entry.ts';
import { showEraseSpeaker, submitEraseSpeaker } from './speakers/erase.ts';
import { showSpeakers, submitSpeaker } from './speakers/list.ts';
import { showMerge, submitMerge } from './speakers/merge.ts';
import { showEventSpeakers, submitInvitations } from './speakers/of-event.ts';
import { sendHandedIn, showProposal, submitProposal } from './speakers/proposal.ts';
import { sendLog, showLog } from './year/log.ts';
import { sendStatisticsFile, showStatistics } from './year/statistics.ts';
import { showYear } from './year/year.ts';

/**
 * The organisers' pages. Everything below the guard is for those who have signed in, and every post of theirs carries their token.
 * @param sendEventPage the visitors' page of an event, which the application hands in, because visitors' and organisers' pages do not import each other
 */
export function office(settings: Settings, sendEventPage: SendEventPage): Router {
  const router = Router();
  router.use(paths.office(), noPrefetch);
  // Before the sessions: calendar programs have none, and get no cookie.
  router.get(paths.ownCalendar(':token'), sendOwnCalendar);
  // Nor have those who help at an entrance.
  router.get(paths.helper(':token'), frame, asHelper(showHelper));
  router.post(paths.helper(':token'), frame, asHelper(submitHelper));
  router.use(paths.office(), sessions(settings, paths.office()), frame);
  router.get(paths.signIn(), showSignIn).post(paths.signIn(), submitSignIn);
  router.get(paths.signInLink(':token'), showLink);
  router.post(paths.signInLink(':token'), markedFormsOnly, submitLink);

  // A stranger gets a sentence, whatever the code.
  router.get(paths.checkIn(':token'), organisersKnown, showCheckIn);
  router.post(paths.checkIn(':token'), ownFormsOnly, organisersKnown, submitCheckIn);

  router.use(paths.office(), organisersOnly);
  // A form with a file has its token between its other parts, so it is read before the token is looked at.
  router.post(paths.meetingReports(':id'), takeFile('file'));
  router.post(paths.eventFiles(':id'), takeFiles(['document'], keptMegabytes));
  router.post(paths.eventPicture(':id'), takeFiles(['picture'], keptMegabytes));
  router.use(paths.office(), ownFormsOrAgain, takeKept);
  router.get(paths.keptForms(), showKeptForms);
  router.post(paths.dropKeptForm(':form'), submitDropKeptForm);
  router.post(paths.signOut(), submitSignOut).post(paths.signOutEverywhere(), submitSignOutEverywhere);
  router.get(paths.office(), showYear);

  router.get(paths.events(), showEvents);
  router.get(paths.newEvent(), showNewEvent).post(paths.newEvent(), submitNewEvent);
  router.get(paths.recordEvent(), showRecordEvent).post(paths.recordEvent(), submitRecordEvent);
  router.get(paths.recordedEvent(':id'), showRecorded).post(paths.recordedEvent(':id'), submitRecorded);
  router.get(paths.removeRecorded(':id'), showRemoveRecorded);
  router.post(paths.removeRecorded(':id'), submitRemoveRecorded);
  router.get(paths.officeEvent(':id'), showDetails).post(paths.officeEvent(':id'), submitDetails);
  router.get(paths.programme(':id'), showProgramme).post(paths.programme(':id'), submitProgramme);
  router.get(paths.eventFiles(':id'), showFiles).post(paths.eventFiles(':id'), submitDocument);
  router.get(paths.eventPicture(':id'), toFiles).post(paths.eventPicture(':id'), submitPicture);
  router.get(paths.eventFile(':id', ':hash'), sendEventFile);
  router.get(paths.runSheet(':id'), showRunSheet);
  router.get(paths.runSheetPdf(':id'), sendRunSheetPdf);
  router.get(paths.preview(':id'), showPreview(sendEventPage));
  router.get(paths.whatTheyGet(':id'), showWhatTheyGet);
  router.get(paths.whatTheyGetHtml(':id'), showWhatTheyGetHtml);
  router.get(paths.whatTheyGetFile(':id'), sendWhatTheyGetFile);
  router.get(paths.copyInvitation(':id'), showInvitationDraft);
  router.get(paths.invitationFile(':id'), sendInvitationDraft);
  router.get(paths.publish(':id'), showPublish).post(paths.publish(':id'), submitPublish);
  router.post(paths.unpublish(':id'), submitUnpublish);
  router.get(paths.cancelEvent(':id'), showCancel).post(paths.cancelEvent(':id'), submitCancel);
  router.get(paths.deleteEvent(':id'), showDelete).post(paths.deleteEvent(':id'), submitDelete);
  router.post(paths.copyEvent(':id'), submitCopy);

  router.get(paths.ownSettings(), showSettings).post(paths.ownSettings(), submitSettings);
  router.post(paths.invite(), submitInvite);
  router.get(paths.removeOrganiser(':id'), showRemove).post(paths.removeOrganiser(':id'), submitRemove);

  router.post(paths.signOutDevice(':id'), submitSignOutDevice);
  router.get(paths.removeExample(), showRemoveExample).post(paths.removeExample(), submitRemoveExample);
  router.get(paths.makeCalendar(), toSettings).post(paths.makeCalendar(), submitMakeCalendar);
  router.post(paths.removeCalendar(), submitRemoveCalendar);

  router.get(paths.participants(':id'), showParticipants);
  router.get(paths.participantsCsv(':id'), sendParticipantsFile);
  router.get(paths.addParticipant(':id'), showAddParticipant);
  router.post(paths.addParticipant(':id'), submitAddParticipant);
  router.post(paths.cancelParticipants(':id'), submitCancelParticipants);
  router.get(paths.participant(':id', ':registration'), showChangeParticipant);
  router.post(paths.participant(':id', ':registration'), submitChangeParticipant);
  router.get(paths.cancelParticipant(':id', ':registration'), showCancelParticipant);
  router.post(paths.cancelParticipant(':id', ':registration'), submitCancelParticipant);
  router.get(paths.erasePerson(':id', ':registration'), showErase);
  router.post(paths.erasePerson(':id', ':registration'), submitErase);
  router.get(paths.giveSeat(':id', ':registration'), showGiveSeat);
  router.post(paths.giveSeat(':id', ':registration'), submitGiveSeat);
  router.get(paths.attendance(':id'), showAttendance);
  router.post(paths.attendance(':id'), submitAttendance);
  router.get(paths.closeEvent(':id'), showClose).post(paths.closeEvent(':id'), submitClose);
  router.post(paths.walkIn(':id'), submitWalkIn);
  router.get(paths.paperList(':id'), showPaperList).post(paths.paperList(':id'), submitPaperList);

  router.get(paths.helperLinks(':id'), showHelperLinks).post(paths.helperLinks(':id'), submitHelperLink);
  router.post(paths.revokeHelperLink(':id', ':link'), submitRevoke);

  router.get(paths.meetingReports(':id'), showReportForm).post(paths.meetingReports(':id'), submitReport);
  router.post(paths.undoMeetingReport(':id'), submitUndoReport);
  router.get(paths.meetingReport(':id', ':report'), showReport);
  router.post(paths.meetingReport(':id', ':report'), submitDecisions);
  router.get(paths.reportColumns(':id', ':report'), showColumns);
  router.post(paths.reportColumns(':id', ':report'), submitColumns);

  router.get(paths.eventLetters(':id'), showEventLetters);
  router.get(paths.newMailing(':id'), showMailingForm).post(paths.newMailing(':id'), submitMailing);
  router.get(paths.mailing(':id', ':mailing'), showMailing);
  router.post(paths.mailing(':id', ':mailing'), submitSendMailing);
  router.get(paths.mailingHtml(':id', ':mailing'), showMailingHtml);
  router.post(paths.tryMailing(':id', ':mailing'), submitTryMailing);
  router.post(paths.removeMailing(':id', ':mailing'), submitRemoveMailing);

  router.get(paths.eventSpeakers(':id'), showEventSpeakers);
  router.post(paths.inviteSpeakers(':id'), submitInvitations);
  router.get(paths.eventSpeaker(':id', ':engagement'), showProposal);
  router.post(paths.eventSpeaker(':id', ':engagement'), submitProposal);
  router.get(paths.officeFile(':id', ':engagement', ':hash'), sendHandedIn);
  router.get(paths.speakers(), showSpeakers).post(paths.speakers(), submitSpeaker);
  router.get(paths.speaker(':id'), showSpeaker).post(paths.speaker(':id'), submitSpeakerEntry);
  router.get(paths.eraseSpeaker(':id'), showEraseSpeaker);
  router.post(paths.eraseSpeaker(':id'), submitEraseSpeaker);
  router.get(paths.mergeSpeakers(':id', ':other'), showMerge);
  router.post(paths.mergeSpeakers(':id', ':other'), submitMerge);

  router.get(paths.letters(), showLetters);
  router.get(paths.lostLetters(), showLostLetters);
  router.get(paths.heldLetters(), showHeldLetters).post(paths.heldLetters(), submitHeldLetters);
  router.get(paths.letterFile(':id'), sendLetterFile);
  router.get(paths.letter(':id'), showLetter);
  router.get(paths.letterHtml(':id'), showLetterHtml);
  router.post(paths.resendLetter(':id'), submitResend);
  router.post(paths.closeLetter(':id'), submitCloseLetter);
  router.get(paths.inbox(), showInbox);
  router.get(paths.inboxFile(':id'), sendMailFile);
  router.get(paths.inboxMail(':id'), showMail).post(paths.inboxMail(':id'), submitMail);
  router.get(paths.yearWheel(), showYearWheel);
  router.get(paths.yearWheelFile(), sendYearWheelFile);
  router.get(paths.dateProposals(), showDateProposals);
  router.get(paths.planYear(), showPlanYear).post(paths.planYear(), submitPlanYear);
  router.get(paths.initiative(), showInitiative).post(paths.initiative(), submitInitiative);
  router.get(paths.schoolBreaks(), showSchoolBreaks).post(paths.schoolBreaks(), submitSchoolBreaks);
  router.get(paths.statistics(), showStatistics);
  router.get(paths.statisticsCsv(), sendStatisticsFile);
  router.get(paths.log(), showLog).get(paths.logFile(), sendLog);
  router.use(paths.office(), keepAgain);
  return router;
}
