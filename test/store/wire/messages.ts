import type { Socket } from 'node:net';
import { serialize } from 'bson';
import { takeMessage } from '../../../src/store/wire/messages.ts';

/** A command as one OP_MSG. */
export function message(command: object): Buffer {
  const body = serialize({ ...command, $db: 'boostdagar' });
  const head = Buffer.alloc(21);
  head.writeInt32LE(head.length + body.length, 0);
  head.writeInt32LE(2013, 12);
  return Buffer.concat([head, body]);
}

/** Reads `count` whole replies from the socket. */
export async function repliesIn(socket: Socket, count: number): Promise<Buffer[]> {
  const arrived: Buffer[] = [];
  const replies: Buffer[] = [];
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    arrived.push(chunk);
    for (let reply = takeMessage(arrived); reply; reply = takeMessage(arrived)) replies.push(reply);
    if (replies.length >= count) return replies;
  }
  throw new Error(`the server closed the connection after ${replies.length} replies`);
}
