import { Refused } from '../../refused.ts';
import type { FlowReader, LiveVersion } from './reader.ts';

/** The purpose of starting runs of a flow. */
export type StartPurpose = 'run' | 'replay' | 'deadLetters';

/**
 * The version that runs now, of a flow that may be started.
 * @throws {Refused} 404 without such a flow, 409 where it is not published or switched off.
 */
export async function startable(
  flows: Pick<FlowReader, 'get' | 'live'>,
  workspaceId: string,
  flowId: string,
  purpose: StartPurpose = 'run',
): Promise<LiveVersion> {
  await flows.get(workspaceId, flowId);
  const live = await flows.live(workspaceId, flowId);
  if (!live) throw new Refused(409, 'flow.not_published', notPublished[purpose]);
  if (!live.enabled) throw new Refused(409, 'flow.switched_off', switchedOff[purpose]);
  return live;
}

const notPublished: Record<StartPurpose, string> = {
  run: 'Publish this flow first; then it can run.',
  replay: 'Publish this flow first; then its runs can be replayed.',
  deadLetters: 'Publish this flow first; then its records can be done again.',
};

const switchedOff: Record<StartPurpose, string> = {
  run: 'This flow is switched off. Switch it on to run it.',
  replay: 'This flow is switched off. Switch it on to replay its runs.',
  deadLetters: 'This flow is switched off. Switch it on to do its records again.',
};
