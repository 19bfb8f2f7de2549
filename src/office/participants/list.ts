import type { Request, Response } from 'express';
import type { Municipality } from '../../authorities/authority.ts';
import { roles, rolesInPlural } from '../../authorities/roles.ts';
import { paths } from '../../base/paths.ts';
import { modes } from '../../events/event.ts';
import { fieldOf, wordsFor } from '../../registrations/answers.ts';
import type { WaitingPosition } from '../../registrations/letter-facts.ts';
import {
  columns,
  countParticipants,
  exportParticipants,
  listParticipants,
  type ParticipantFilter,
  statusNames,
} from '../../registrations/participants/participants.ts';
import type { Registration } from '../../registrations/registration.ts';
import { positionsIn } from '../../registrations/waiting-list/waiting-list.ts';
import { sendPersonalFile } from '../../web/files/files.ts';
import { sendPage } from '../../web/pages.ts';
import { burstNotices } from '../parts/bursts.ts';
import { stateOf } from '../parts/event-state.ts';
import { ownBoard, ownEvent } from '../parts/guard.ts';
import { happenedIn } from '../parts/notices.ts';
import { askedPage, withQuery } from '../parts/query-string.ts';
import { filterChoices, filterIn } from './filter.ts';
import { remarksOn } from './warnings.ts';

/** The participants of an event: how many, who, and what can be done with the list. */
export async function showParticipants(req: Request, res: Response): Promise<void> {
  const event = await ownEvent(req, res);
  const board = ownBoard(res);
  const { filter, answers } = await filterIn(req, event);
  const page = askedPage(req);
  const [list, counts] = await Promise.all([
    listParticipants(event._id, filter, page),
    countParticipants(board, event._id),
  ]);
  sendPage(res, 'office/participants/list', {
    title: `Deltagare: ${event.title}`,
    current: 'events',
    event,
    state: stateOf(event, res.locals.now),
    board,
    ...{
      answers,
      list,
      page,
      counts,
      statusNames,
      roles,
      rolesInPlural,
      remarksOn,
    },
    choices: await filterChoices(event, board.municipalities),
    isOver: event.end <= res.locals.now,
    bursts: await burstNotices(event),
    happened: await happenedIn(req, event, res.locals.context),
    columns: columnsFor(board.municipalities, filter.status, await positionsIn(event._id, modes)),
    writeTo: withQuery(paths.newMailing(event._id), answers),
    cancelMany: withQuery(paths.cancelParticipants(event._id), answers),
    file: withQuery(paths.participantsCsv(event._id), answers),
    pageLink: (number: number) => withQuery(paths.participants(event._id), { ...answers, page: number }),
  });
}

/** The same list as a file for Excel. */
export async function sendParticipantsFile(req: Request, res: Response): Promise<void> {
  const event = await ownEvent(req, res);
  const { filter, answers } = await filterIn(req, event);
  const page = withQuery(paths.participants(event._id), answers);
  await sendPersonalFile(req, res, { name: `deltagare-${event.slug}.csv`, type: 'text/csv', page }, () =>
    exportParticipants(res.locals.context, ownBoard(res), event, filter),
  );
}

type PositionsOf = (one: Registration) => WaitingPosition[];

/** The columns of the list after the name. `lines` are a cell's; those who wait have a place in each of their modes. */
function columnsFor(
  municipalities: Municipality[],
  status: ParticipantFilter['status'],
  places: PositionsOf,
) {
  const words = wordsFor(municipalities);
  const waitsIn = (one: Registration) =>
    places(one).map(({ mode, number }) => `${words('mode', mode)}, nummer ${number}`);
  return columns
    .filter(({ about }) => about !== 'name')
    .map(({ name, office }) => ({
      heading: name === 'mode' && status === 'waiting' ? 'Väntar på' : office,
      isShort: name === 'mode',
      lines: (one: Registration) =>
        name === 'mode' && one.status === 'waiting' ? waitsIn(one) : words(name, fieldOf(one[name])),
    }));
}
