import { waitingLists } from './001-waiting-lists.ts';
import { oneVocabulary } from './002-one-vocabulary.ts';
import { anAddressOnSeveralBoards } from './003-an-address-on-several-boards.ts';
import { englishLetterKinds } from './004-english-letter-kinds.ts';
import { oneCollectionOfLimits } from './005-one-collection-of-limits.ts';
import { linksInKeptMail } from './006-links-in-kept-mail.ts';
import { searchWords } from './007-search-words.ts';
import { addressesAndBreaks } from './008-addresses-and-breaks.ts';
import { modeAttended } from './009-mode-attended.ts';
import { initiatives } from './010-initiatives.ts';
import { tallies } from './011-tallies.ts';
import { sealedLog } from './012-sealed-log.ts';
import { registerOfSpeakers } from './013-register-of-speakers.ts';
import { proposalsBySession } from './014-proposals-by-session.ts';
import type { Migration } from './migration.ts';

/**
 * Every migration, in the order in which they run. To add one: a file `NNN-what-changes.ts` with the next number, and
 * its line at the end of this table. What has been released is never changed or taken away, since databases have
 * recorded it. A migration meets data of every version before it, and also records that are right already.
 */
export const allMigrations: Migration[] = [
  waitingLists,
  oneVocabulary,
  anAddressOnSeveralBoards,
  englishLetterKinds,
  oneCollectionOfLimits,
  linksInKeptMail,
  searchWords,
  addressesAndBreaks,
  modeAttended,
  initiatives,
  tallies,
  sealedLog,
  registerOfSpeakers,
  proposalsBySession,
];
