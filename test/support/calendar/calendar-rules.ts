import ICAL from 'ical.js';

/** How often a property may stand in a VEVENT. */
type Often = '1' | '1+' | '0-1' | '0+';

const alike: Record<string, Often> = {
  ...{ DTSTAMP: '1', ORGANIZER: '1', UID: '1', DTSTART: '1', SUMMARY: '1', SEQUENCE: '0-1' },
  ...{ CLASS: '0-1', CREATED: '0-1', DESCRIPTION: '0-1', DTEND: '0-1', DURATION: '0-1', GEO: '0-1' },
  ...{ 'LAST-MODIFIED': '0-1', LOCATION: '0-1', PRIORITY: '0-1', 'RECURRENCE-ID': '0-1', STATUS: '0-1' },
  ...{ TRANSP: '0-1', URL: '0-1', RRULE: '0-1', ATTACH: '0+', CATEGORIES: '0+', COMMENT: '0+' },
  ...{ CONTACT: '0+', EXDATE: '0+', RDATE: '0+', 'RELATED-TO': '0+', RESOURCES: '0+' },
};

/** What RFC 5546 lets stand in a VEVENT of each method (3.2.1, 3.2.2, 3.2.5). What is not named may not stand there. */
const properties: Record<string, Record<string, Often>> = {
  PUBLISH: alike,
  REQUEST: { ...alike, ATTENDEE: '1+' },
  CANCEL: { ...alike, DTSTART: '0-1', SUMMARY: '0-1', SEQUENCE: '1', ATTENDEE: '0+' },
};

const statuses: Record<string, string[]> = {
  PUBLISH: ['TENTATIVE', 'CONFIRMED', 'CANCELLED'],
  REQUEST: ['TENTATIVE', 'CONFIRMED'],
  CANCEL: ['CANCELLED'],
};

const alarms: Record<string, boolean> = { PUBLISH: true, REQUEST: true, CANCEL: false };

/** Every sentence about what is wrong with a calendar object by RFC 5546, as libical would refuse it; none where all is right. */
export function breaches(text: string): string[] {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const method = String(calendar.getFirstPropertyValue('method'));
  const allowed = properties[method];
  if (!allowed) return [`METHOD ${method}`];
  const events = calendar.getAllSubcomponents('vevent');
  return [
    ...['VERSION', 'PRODID', 'METHOD'].flatMap((name) => wrongNumber(calendar, name, '1')),
    ...(events.length > 0 ? [] : ['no VEVENT']),
    ...others(calendar, ['vevent', 'vtimezone']),
    ...events.flatMap((event) => [
      ...Object.entries(allowed).flatMap(([name, often]) => wrongNumber(event, name, often)),
      ...strangers(event, Object.keys(allowed)),
      ...others(event, alarms[method] ? ['valarm'] : []),
      ...wrongValues(event, method),
      ...undefinedZones(event, calendar),
    ]),
    ...severalUids(events, method),
  ];
}

function wrongNumber(component: ICAL.Component, name: string, often: Often): string[] {
  const found = component.getAllProperties(name.toLowerCase()).length;
  const [least, most] = [often.startsWith('1') ? 1 : 0, often.endsWith('+') ? Number.POSITIVE_INFINITY : 1];
  return found < least || found > most ? [`${found} ${name}`] : [];
}

function strangers(event: ICAL.Component, allowed: string[]): string[] {
  return event
    .getAllProperties()
    .map(({ name }) => name.toUpperCase())
    .filter((name) => !name.startsWith('X-') && !allowed.includes(name))
    .map((name) => `${name} may not stand there`);
}

function others(component: ICAL.Component, allowed: string[]): string[] {
  return component
    .getAllSubcomponents()
    .filter(({ name }) => !allowed.includes(name))
    .map(({ name }) => `${name.toUpperCase()} inside`);
}

function wrongValues(event: ICAL.Component, method: string): string[] {
  const status = event.getFirstPropertyValue('status');
  const stamps = ['dtstamp', 'created', 'last-modified'].flatMap((name) => event.getAllProperties(name));
  return [
    ...(status && !statuses[method]?.includes(String(status)) ? [`STATUS ${status}`] : []),
    ...(event.hasProperty('dtend') && event.hasProperty('duration') ? ['DTEND and DURATION'] : []),
    ...stamps
      .filter((stamp) => !String(stamp.getFirstValue()).endsWith('Z'))
      .map(({ name }) => `${name.toUpperCase()} not in UTC`),
  ];
}

/** A VTIMEZONE must stand there for every TZID that is referred to. */
function undefinedZones(event: ICAL.Component, calendar: ICAL.Component): string[] {
  const defined = calendar.getAllSubcomponents('vtimezone').map((zone) => zone.getFirstPropertyValue('tzid'));
  return event
    .getAllProperties()
    .map((property) => property.getFirstParameter('tzid'))
    .filter((zone) => zone && !defined.includes(zone))
    .map((zone) => `TZID ${zone} is not defined`);
}

function severalUids(events: ICAL.Component[], method: string): string[] {
  const uids = new Set(events.map((event) => event.getFirstPropertyValue('uid')));
  return method !== 'PUBLISH' && uids.size > 1 ? ['several UIDs'] : [];
}
