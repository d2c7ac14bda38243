import type { Attack } from '../control.ts';

const sql = 'packages/connectors/src/sql';
const server = 'apps/server/src';

/** Found by trying: memory, disk, connections and time that somebody takes from others. */
export const fullness: readonly Attack[] = [
  {
    id: 'A10',
    tried: 'Hundreds of pages that read no live updates, and large calls meanwhile',
    controls: [
      {
        holds: 'what waits for one reader is bounded',
        file: `${server}/events/event-stream.ts`,
        off: 'if (messages.length > 0 && bytes + message.byteLength > maxBytes) {',
        instead: 'if (false) {',
        tests: [`${server}/events/event-stream.test.ts`],
      },
      {
        holds: 'an event is written out once for all readers',
        file: `${server}/events/live-events.ts`,
        off: 'return () => (message ??= eventMessage(event));',
        instead: 'return () => (message = eventMessage(event));',
        tests: [`${server}/events/event-stream.test.ts`],
      },
      {
        holds: 'a reader that takes nothing is cut off',
        file: `${server}/events/event-stream.ts`,
        off: 'if (unread > maxUnread) cutOff(',
        instead: 'if (false) cutOff(',
        tests: [`${server}/events/event-stream.test.ts`],
      },
      {
        holds: 'a session has so many streams and no more',
        file: `${server}/events/open-streams.ts`,
        off: 'if (ofSession.length > perSession) replaceOldest',
        instead: 'if (false) replaceOldest',
        tests: [`${server}/events/open-streams.test.ts`, `${server}/http/events.test.ts`],
      },
      {
        holds: 'all together have so many streams and no more',
        file: `${server}/events/open-streams.ts`,
        off: 'if (open.size > inAll) {',
        instead: 'if (false) {',
        tests: [`${server}/events/open-streams.test.ts`],
      },
    ],
  },
  {
    id: 'A13',
    tried: 'Ten uploads at once beyond the quota; a trigger that grows a database beyond it',
    controls: [
      {
        holds: 'who writes holds the room before the bytes come',
        file: `${server}/stores/files/space.ts`,
        off: 'held.set(workspaceId, (held.get(workspaceId) ?? 0) + bytes - own);',
        instead: '',
        tests: [`${server}/stores/files/file-store.test.ts`],
      },
      {
        holds: 'a database grows no further than there is room',
        file: `${sql}/sqlite-file.ts`,
        off: 'database.pragma(`max_page_count = ',
        instead: 'void (`',
        tests: [`${sql}/poisoned-file.test.ts`, `${server}/stores/files/growing-databases.test.ts`],
      },
    ],
  },
  {
    id: 'A15',
    tried: 'Thousands of signals that no run waits for',
    controls: [
      {
        holds: 'signals of one flow that nobody waits for have a bound',
        file: `${server}/triggers/signal/unheard-signals.ts`,
        off: '(now?.signals ?? 0) <= signals && (now?.bytes ?? 0) <= bytes ? 1 : 0',
        instead: 'now ? 1 : 0',
        tests: [`${server}/triggers/signal/signal-receiver.test.ts`],
      },
    ],
  },
  {
    id: 'A17',
    tried: 'Another program that holds the database of Weft',
    controls: [
      {
        holds: 'calls wait outside of the database',
        file: `${server}/substrate/sqlite/group-commit.ts`,
        off: 'if (pauseMs !== undefined) {',
        instead: 'if (false) {',
        tests: [`${server}/db/locked.test.ts`],
      },
    ],
  },
  {
    id: 'A18',
    tried: 'Hundreds of idle connections, bodies that hardly come',
    controls: [
      {
        holds: 'connections take a part of what the process may open: those on which nothing was sent give way',
        file: `${server}/listener.ts`,
        off: 'if (open.size >= most) makeRoom();',
        instead: '',
        tests: [`${server}/listener.test.ts`, `${server}/few-files.test.ts`],
      },
      {
        holds: 'a body that does not come is refused',
        file: `${server}/listener.ts`,
        off: 'if (!response.headersSent) socket.write(tooSlow);',
        instead: 'return;',
        tests: [`${server}/listener.test.ts`],
      },
      {
        holds: 'a file waits for its turn to be opened',
        file: `${server}/open-when-free.ts`,
        off: 'if (!isAllInUse(error)) throw error;',
        instead: 'throw error;',
        tests: [`${server}/open-when-free.test.ts`],
      },
    ],
  },
  {
    id: 'A24',
    tried: 'Large answers to requests with an Idempotency-Key; a kill between the work and its answer',
    controls: [
      {
        holds: 'an answer that is too large is not kept',
        file: `${server}/stores/repeats/repeats.ts`,
        off: '(body.length > answerLength ? { status: notKept',
        instead: '(false ? { status: notKept',
        tests: [`${server}/stores/repeats/repeats.test.ts`],
      },
      {
        holds: 'of many answers the oldest go first',
        file: `${server}/stores/repeats/kept-answers.ts`,
        off: 'dropAnswers.run(userId, maxBytes);',
        instead: '',
        tests: [`${server}/stores/repeats/repeats.test.ts`],
      },
      {
        holds: 'an answer is kept in the commit of its work',
        file: `${server}/stores/repeats/repeats.ts`,
        off: "answered: (given) => [keep({ ...mark, ...(given === null ? answer(204, '') : answer(200, JSON.stringify(given))) })],",
        instead: 'answered: () => [],',
        tests: [`${server}/http/killed-post.test.ts`],
      },
    ],
  },
  {
    id: 'A25',
    tried: 'A disk that is full, for who is signed out and at the start',
    controls: [
      {
        holds: 'a start on a full disk says so',
        file: `${server}/start-problem.ts`,
        off: 'if (isDiskFull(error)) return',
        instead: 'if (false) return',
        tests: [`${server}/full-disk.test.ts`],
      },
      {
        holds: 'a sign-in takes the room that is kept for it',
        file: `${server}/identity/identity.ts`,
        off: 'if (!isDiskFull(error) || !spareRoom.release()) throw error;',
        instead: 'throw error;',
        tests: [`${server}/full-disk.test.ts`],
      },
    ],
  },
];
