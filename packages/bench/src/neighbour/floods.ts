/** Too much of what is allowed. */
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { body, call, calledFlow, rule, shape } from './flows.ts';
import type { Installation } from './installation.ts';
import type { BadThing } from './thing.ts';

const big = { text: 'x'.repeat(4_900_000) };

export function floods({ url }: Pick<Installation, 'url'>): BadThing[] {
  const sockets: Socket[] = [];
  const streams = new AbortController();
  return [
    {
      title: '150 readers of live updates that do not read, and large calls',
      atOnce: 1,
      async prepare(member) {
        for (let at = 0; at < 150; at += 1) member.open(`/w/${member.workspace}/events`, streams.signal).catch(() => undefined);
        const flow = await member.create(calledFlow({ s: shape(rule('a', body('text'))) }));
        return async (signal) => {
          const { body: listening } = await member.send('POST', `/w/${member.workspace}/flows/${flow}/listen`, {});
          return call((JSON.parse(listening) as { url: string }).url, big, signal);
        };
      },
      end: async () => streams.abort(),
    },
    {
      title: 'calls of five megabytes, eight at once',
      atOnce: 8,
      async prepare(member) {
        const hook = await member.publish(calledFlow({ s: shape(rule('a', body('text'))) }));
        return (signal) => call(hook, big, signal);
      },
    },
    {
      title: 'signals that nobody waits for',
      atOnce: 8,
      async prepare(member) {
        const waits = calledFlow({ w: { kind: 'wait', title: 'Wait', mode: 'signal', key: { const: 'k' } }, s: shape(rule('a', body('text'))) });
        await member.publish(waits);
        const { body: list } = await member.send('GET', `/w/${member.workspace}/flows`);
        const flow = (JSON.parse(list) as { items: { id: string }[] }).items[0]?.id;
        let count = 0;
        return (signal) => call(`${url}/hooks/${member.workspace}/signals/${flow}/w?key=k${(count += 1)}`, { text: 'x'.repeat(100_000) }, signal);
      },
    },
    {
      title: 'uploads above the space, ten at once',
      atOnce: 10,
      async prepare(member) {
        const content = Buffer.alloc(9_000_000, 'x');
        let count = 0;
        return () => member.upload(`file-${(count += 1)}.bin`, content);
      },
    },
    {
      title: '300 connections that say nothing',
      atOnce: 1,
      async prepare() {
        for (let at = 0; at < 300; at += 1) sockets.push(connect(Number(new URL(url).port), new URL(url).hostname).on('error', () => undefined));
        return () => pause(500);
      },
      end: async () => sockets.forEach((socket) => socket.destroy()),
    },
  ];
}
