import type { RequestListener } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { createPractice } from '../practice/practice.ts';
import { createPracticeRecords } from '../practice/records.ts';
import type { Services } from './services.ts';
import { createPages } from '../web/pages.ts';
import { allRoutes } from './all-routes.ts';
import { createApp } from '../http/app.ts';
import { createOwnAddresses, type ReachedAt } from '../http/own-addresses.ts';
import { createRepeats } from '../stores/repeats/repeats.ts';

export interface FrontOptions {
  /** A reverse proxy stands in front: its X-Forwarded-For names the caller. Default false. */
  trustProxy?: boolean;
  /** Under which addresses browsers speak to it. */
  reachedAt: ReachedAt;
  /** What the web app's build made. */
  webFolder: string;
}

/** What browsers and API clients use: the pages, the API and the practice service. Webhooks and runs do not need it. */
export function createFront(services: Services, { trustProxy, reachedAt, webFolder }: FrontOptions): RequestListener {
  const { db, log, identity, workspaces, practiceUrl, publicUrl } = services;
  const app = createApp({
    routes: allRoutes(services),
    identify: identity.identify,
    membership: workspaces.membership,
    publicUrl,
    own: createOwnAddresses(reachedAt),
    log,
    repeats: createRepeats(db),
    trustProxy,
    mounts: { '/practice': createPractice({ records: createPracticeRecords(db), workspaces, practiceUrl }) },
    page: createPages(webFolder),
  });
  const listener = getRequestListener(app.fetch);
  return (request, response) => void listener(request, response);
}
