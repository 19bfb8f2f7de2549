import type { Request, Response } from 'express';
import { paths } from '../../base/paths.ts';
import { mergeSpeakers } from '../../speakers/duplicates.ts';
import { speakerAnswers, speakerDetails, speakerFields } from '../../speakers/entries/form.ts';
import { appearancesOf } from '../../speakers/entries/sessions.ts';
import type { SpeakerEntry } from '../../speakers/entries/speaker.ts';
import { NotFound } from '../../web/errors.ts';
import { sendPage } from '../../web/pages.ts';
import { withQuery } from '../parts/query-string.ts';
import { ownSpeaker } from './entry.ts';

/** Two entries side by side, with a choice wherever they differ. */
export async function showMerge(req: Request, res: Response): Promise<void> {
  const { kept, other } = await both(req, res);
  const [here, there] = [await appearancesOf(kept._id), await appearancesOf(other._id)];
  sendPage(res, 'office/speakers/merge', {
    title: 'Slå ihop två poster',
    current: 'speakers',
    ...{ kept, other },
    appearances: [here, there],
    questions: questionsOf(kept, other),
  });
}

/** Makes one entry of the two: of each field what was chosen, else what only one of them has. */
export async function submitMerge(req: Request, res: Response): Promise<void> {
  const { kept, other } = await both(req, res);
  const [own, theirs] = [speakerAnswers(kept), speakerAnswers(other)];
  const chosen = speakerFields.map(({ name }) => {
    const isOther = req.body[name] === 'andra' || !own[name];
    return [name, isOther ? theirs[name] : own[name]];
  });
  const details = { ...speakerDetails(Object.fromEntries(chosen)), email: emailOf(req, kept, other) };
  await mergeSpeakers(res.locals.context, kept, other, details);
  res.redirect(303, withQuery(paths.speaker(kept._id), { klart: 'ihop' }));
}

/** The address as it is stored. */
function emailOf(req: Request, kept: SpeakerEntry, other: SpeakerEntry): string {
  return (req.body.email === 'andra' && other.email) || kept.email || other.email;
}

async function both(req: Request, res: Response): Promise<{ kept: SpeakerEntry; other: SpeakerEntry }> {
  const [kept, other] = [await ownSpeaker(req, res), await ownSpeaker(req, res, 'other')];
  if (kept._id.equals(other._id)) throw new NotFound();
  return { kept, other };
}

/** The fields that both have answered differently, as radios; the one that stays is chosen first. */
function questionsOf(kept: SpeakerEntry, other: SpeakerEntry) {
  const [own, theirs] = [speakerAnswers(kept), speakerAnswers(other)];
  return speakerFields
    .filter(({ name }) => own[name] && theirs[name] && own[name] !== theirs[name])
    .map(({ name, label, options }) => {
      const inWords = (answer = '') => options?.find(({ value }) => value === answer)?.label ?? answer;
      return {
        ...{ name, legend: label },
        options: [
          { value: 'denna', label: inWords(own[name]) },
          { value: 'andra', label: inWords(theirs[name]) },
        ],
      };
    });
}
