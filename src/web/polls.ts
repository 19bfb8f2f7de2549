import type { Request, Response } from 'express';

/**
 * Answers a program that asks again and again: 304 where it has the newest already, by ETag or, where it knows none,
 * by Last-Modified. Express would send everything again to one that asks with `no-cache`, which only means that the
 * answer has to come from here (RFC 9111, 5.2.1.4).
 */
export function answerPoll(req: Request, res: Response, type: string, text: string): void {
  delete req.headers['cache-control'];
  res.type(type).send(text);
}
