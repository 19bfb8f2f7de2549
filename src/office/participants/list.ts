import type { Request, Response } from 'express';
import { municipalityName } from '../../authorities/authority.ts';
import { otherMunicipality, roleNames, roles, rolesInPlural } from '../../authorities/roles.ts';
import { paths } from '../../base/paths.ts';
import { modeNames, modes } from '../../events/event.ts';
import { offeredModes } from '../../events/rules.ts';
import {
  countParticipants,
  exportParticipants,
  type Filter,
  listParticipants,
  statusNames,
} from '../../registrations/participants/participants.ts';
import { positionsIn } from '../../registrations/waiting-list/waiting-list.ts';
import { sendPage } from '../../web/pages.ts';
import { stateOf } from '../parts/event-state.ts';
import { ownBoard, ownEvent } from '../parts/guard.ts';
import { happenedIn } from '../parts/notices.ts';
import { asked, askedOneOf, askedPage, withQuery } from '../parts/query-string.ts';
import { remarksOn } from './warnings.ts';

/** The participants of an event: how many, who, and what can be done with the list. */
export async function showParticipants(req: Request, res: Response): Promise<void> {
  const event = await ownEvent(req, res);
  const board = ownBoard(res);
  const filter = filterOf(req);
  const answers = { ...filter, status: filter.status ?? '' };
  const page = askedPage(req);
  const [list, counts] = await Promise.all([
    listParticipants(board, event._id, filter, page),
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
      roleNames,
      rolesInPlural,
      modeNames,
      municipalityName,
      remarksOn,
    },
    choices: choicesFor(board.municipalities, offeredModes(event).length > 1),
    isOver: event.end <= res.locals.now,
    happened: await happenedIn(req, event),
    placesIn: await positionsIn(event._id, modes),
    writeTo: withQuery(paths.newMailing(event._id), answers),
    file: withQuery(paths.participantsCsv(event._id), answers),
    pageLink: (number: number) => withQuery(paths.participants(event._id), { ...answers, page: number }),
  });
}

/** The same list as a file for Excel. */
export async function sendParticipantsFile(req: Request, res: Response): Promise<void> {
  const event = await ownEvent(req, res);
  const file = await exportParticipants(res.locals.context, ownBoard(res), event, filterOf(req));
  res.attachment(`deltagare-${event.slug}.csv`).type('text/csv').send(file);
}

/** Those who are registered, unless the address says otherwise; an empty `status` is everybody. */
function filterOf(req: Request): Filter {
  const status = askedOneOf(req, 'status', ['confirmed', 'waiting', 'cancelled'] as const);
  return {
    q: asked(req, 'q'),
    municipality: asked(req, 'municipality'),
    role: askedOneOf(req, 'role', roles),
    mode: askedOneOf(req, 'mode', modes),
    status: req.query.status === undefined ? 'confirmed' : status,
  };
}

function choicesFor(municipalities: { code: string; name: string }[], bothModes: boolean) {
  const places = municipalities.toSorted((a, b) => a.name.localeCompare(b.name, 'sv'));
  const all = [
    {
      name: 'municipality',
      label: 'Kommun',
      prompt: 'Alla',
      options: [
        ...places.map(({ code, name }) => ({ value: code, label: name })),
        { value: otherMunicipality, label: 'Annan' },
      ],
    },
    { name: 'role', label: 'Roll', prompt: 'Alla', options: optionsOf(roles, roleNames) },
    { name: 'mode', label: 'Deltar', prompt: 'Alla', options: optionsOf(modes, modeNames) },
    {
      name: 'status',
      label: 'Läge',
      options: [
        { value: 'confirmed', label: 'Anmälda' },
        { value: 'waiting', label: 'På väntelistan' },
        { value: 'cancelled', label: 'Avbokade' },
        { value: '', label: 'Alla' },
      ],
    },
  ];
  return all.filter((choice) => choice.name !== 'mode' || bothModes);
}

function optionsOf<T extends string>(keys: readonly T[], names: Record<T, string>) {
  return keys.map((key) => ({ value: key, label: names[key] }));
}
