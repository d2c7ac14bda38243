import { type Debugger, Session } from 'node:inspector';
import { basename } from 'node:path';

const patienceMs = 1_000;
const maxFrames = 20;

/**
 * What the main thread is in the middle of, asked from another thread, innermost first: functions and where they are, nothing of their data.
 * @returns a sentence where it does not let itself be interrupted: in native code, or asleep.
 */
export async function stackOfMainThread(): Promise<string> {
  const session = new Session();
  session.connectToMainThread();
  const files = new Map<string, string>();
  session.on('Debugger.scriptParsed', ({ params }) => void files.set(params.scriptId, params.url));
  const frames = await new Promise<Debugger.CallFrame[]>((resolve) => {
    session.once('Debugger.paused', ({ params }) => resolve(params.callFrames));
    session.post('Debugger.enable');
    session.post('Debugger.pause');
    setTimeout(() => resolve([]), patienceMs);
  });
  if (frames.length === 0) return 'It was in native code, or waited for something outside.';
  return frames
    .slice(0, maxFrames)
    .map(({ functionName, location }) => `${functionName || '(anonymous)'} ${basename(files.get(location.scriptId) ?? '')}:${location.lineNumber + 1}`)
    .join('\n');
}
