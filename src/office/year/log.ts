import type { Request, Response } from 'express';
import { type ActionGroup, type Entry, everyEntry, type LogFilter, readAuditLog } from '../../audit/log.ts';
import { idFrom } from '../../base/database.ts';
import { midnightAfter, stockholmInstant } from '../../base/dates.ts';
import { paths } from '../../base/paths.ts';
import { csvFile } from '../../base/rendering/csv.ts';
import { listOrganisers } from '../../organisers/organiser.ts';
import { lettersByAct } from '../../outbox/queries.ts';
import { namesOf } from '../../registrations/participants/participants.ts';
import { datesIn } from '../../texts/dates.ts';
import { sendPersonalFile } from '../../web/files/files.ts';
import { sendPage } from '../../web/pages.ts';
import { askedEvent } from '../letters/list.ts';
import { stateOf } from '../parts/event-state.ts';
import { ownBoard } from '../parts/guard.ts';
import { asked, askedDay, askedOneOf, askedPage, dayFilters, withQuery } from '../parts/query-string.ts';
import { changesOf, deedOf, doerOf, groupNames } from './log-words.ts';

const groups = Object.keys(groupNames) as ActionGroup[];

/** Those who do something without being organisers, by their word in the address. */
const others = { visitors: 'Besökare', application: 'Boostdagar självt' } as const;

/** Who did what, newest first: the county board's whole log, or that of one event, narrowed as the address says. */
export async function showLog(req: Request, res: Response): Promise<void> {
  const board = ownBoard(res);
  const event = await askedEvent(req, board._id);
  const page = askedPage(req);
  const { filter, answers } = filterIn(req);
  const { entries, pages } = await readAuditLog(board._id, { ...filter, event: event?._id }, page);
  const [names, letters, organisers] = await Promise.all([
    namesOf(entries.flatMap(({ registration }) => registration ?? [])),
    lettersByAct(entries),
    listOrganisers(board._id),
  ]);
  const all = { ...answers, event: event && String(event._id) };
  sendPage(res, 'office/year/log', {
    title: event ? `Logg: ${event.title}` : 'Logg',
    current: event ? 'events' : 'log',
    ...{ event, entries, pages, page, names, letters, answers, doerOf, deedOf, changesOf },
    dates: dayFilters,
    isNarrowed: Object.values(answers).some(Boolean),
    selects: [
      { name: 'by', label: 'Vem', prompt: 'Alla', options: doers(organisers) },
      {
        name: 'kind',
        label: 'Vad',
        prompt: 'Allt',
        options: groups.map((value) => ({ value, label: groupNames[value] })),
      },
    ],
    state: event && stateOf(event, res.locals.now),
    fileLink: withQuery(paths.logFile(), all),
    pageLink: (page: number) => withQuery(paths.log(), { ...all, page }),
  });
}

/** The same as a file, with all pages. */
export async function sendLog(req: Request, res: Response): Promise<void> {
  const board = ownBoard(res);
  const event = await askedEvent(req, board._id);
  const { filter } = filterIn(req);
  const page = withQuery(paths.log(), { event: event && String(event._id) });
  await sendPersonalFile(req, res, { name: 'logg.csv', type: 'text/csv', page }, async () => {
    const rows: string[][] = [];
    for await (const entry of everyEntry(board._id, { ...filter, event: event?._id }))
      rows.push(rowOf(entry));
    return csvFile(['Tid', 'Vem', 'Vad', 'Om', 'Ändringar'], rows);
  });
}

function rowOf(entry: Entry): string[] {
  return [
    datesIn('sv').stamp(entry.at),
    doerOf(entry),
    deedOf(entry),
    entry.about,
    changesOf(entry).join('. '),
  ];
}

function doers(organisers: { _id: unknown; name: string }[]) {
  return [
    ...organisers.map(({ _id, name }) => ({ value: String(_id), label: name })),
    ...Object.entries(others).map(([value, label]) => ({ value, label })),
  ];
}

/** The filter that the address asks for, and its answers as they were typed. What is no answer narrows nothing. */
function filterIn(req: Request): { filter: LogFilter; answers: Record<string, string | undefined> } {
  const [by, from, to] = [asked(req, 'by'), askedDay(req, 'from'), askedDay(req, 'to')];
  const group = askedOneOf(req, 'kind', groups);
  const other = askedOneOf(req, 'by', Object.keys(others) as (keyof typeof others)[]);
  return {
    filter: {
      by: other ?? (by ? idFrom(by) : undefined),
      group,
      from: from ? stockholmInstant(from, '00:00') : undefined,
      to: to ? midnightAfter(to) : undefined,
    },
    answers: { by, kind: group, from, to },
  };
}
