import { calendarDay } from '../../base/dates.ts';

/** The wheel is drawn on a square of so many units, with its centre in the middle. */
export const side = 640;

/** Where a day stands on the wheel in degrees clockwise from the top, where the year begins. */
export function angleOf(day: string): number {
  const { ordinal, daysInYear } = calendarDay(day);
  return ((ordinal - 1) / daysInYear) * 360;
}

/** A point so many degrees clockwise from the top, so far from the centre. */
export function pointAt(angle: number, radius: number): { x: number; y: number } {
  const radians = (angle * Math.PI) / 180;
  const rounded = (number: number) => Math.round(number * 10) / 10;
  return {
    x: rounded(side / 2 + radius * Math.sin(radians)),
    y: rounded(side / 2 - radius * Math.cos(radians)),
  };
}

/** The path of a piece of a ring between two angles, at most half the ring. */
export function pieceOfRing(from: number, to: number, inner: number, outer: number): string {
  const corner = (angle: number, radius: number) => {
    const { x, y } = pointAt(angle, radius);
    return `${x} ${y}`;
  };
  const arc = (radius: number, sweep: 0 | 1, angle: number) =>
    `A${radius} ${radius} 0 0 ${sweep} ${corner(angle, radius)}`;
  return `M${corner(from, outer)}${arc(outer, 1, to)}L${corner(to, inner)}${arc(inner, 0, from)}Z`;
}
