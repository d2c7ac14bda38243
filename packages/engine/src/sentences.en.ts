import { defineSentences, type Said } from '@weft/sentences';
import type { RunError } from './journal.ts';

/** Why runs and steps fail, as people read it. Titles come with their quotation marks: see `named`. */
export const { english, say, part } = defineSentences({
  'run.noTrigger': 'Nothing starts this flow: add a trigger.',
  'run.severalTriggers': 'The flow has more than one trigger: remove all but one.',
  'run.circle': '{{steps}} lead in a circle: remove one of the connections.',
  'run.step.failed': 'The step {{step}} failed.',
  'run.step.wait.failed': 'The wait failed.',
  'run.operation.missing': '{{step}} uses {{connector}} {{version}} › {{operation}}, which is not installed: choose another operation.',
  'run.operation.config': '{{step}}: {{field}} {{problem}}. Correct it in the step’s settings.',
  'run.operation.notSource': '{{step}} cannot read {{operation}} record by record: choose a source.',
  'run.operation.outcomeUnknown':
    'Weft stopped while {{step}} was in flight, and this step is never done twice: whether it took effect is not known. Look there, then replay the run from this step or leave it.',
  'run.operation.contract': '{{operation}} gave something else than it declares: {{where}} {{problem}}. Report it to the connector’s author.',
  'run.output': 'the output',
  'run.input': 'The input',
  'run.input.wrong': '{{where}} {{problem}}.',
  'run.input.wrong.more': '{{where}} {{problem}} (and {{others}} more).',
  'run.input.noObject': 'The input is not an object: map its fields.',
  'run.condition.missing': '{{step}} has no condition: add one.',
  'run.condition.list': 'The condition of {{step}} gave a list instead of true or false: compare it with something.',
  'run.condition.object': 'The condition of {{step}} gave an object instead of true or false: compare it with something.',
  'run.condition.number': 'The condition of {{step}} gave a number instead of true or false: compare it with something.',
  'run.condition.text': 'The condition of {{step}} gave a text instead of true or false: compare it with something.',
  'run.items.missing': '{{step}} does not know what to go through: choose a list.',
  'run.items.single': '{{step}} goes through a list, and this is a single value: choose a list.',
  'run.items.tooMany': '{{step}} has {{items}} items to go through; at most {{max}} are possible.',
  'run.item': 'Item {{number}}: {{error}}',
  'run.record': 'Record {{number}}: {{error}}',
  'run.answer.status': 'The status of an answer is a whole number from 200 to 599.',
  'run.answer.headers': 'The headers of an answer are names with texts.',
  'run.answer.header': 'The header {{name}} is a single text.',
  'run.stopped': 'The flow stopped at {{step}}.',
  'run.approval.timeout': 'Nobody decided {{step}} in time.',
  'run.wait.duration': '{{step}} does not know how long to wait: say how long.',
  'run.wait.date': '{{step}} does not know until when to wait: choose a date.',
  'run.wait.date.none': '{{step}} has no date to wait for: what was chosen gave none here.',
  'run.wait.key': '{{step}} does not know which signal is its own: choose its key.',
  'run.wait.key.none': '{{step}} has no key to wait for: what was chosen gave neither a text nor a number here.',
  'run.wait.key.long': '{{step}} waits for a key of {{length}} characters; at most {{max}} are possible.',
  'run.call.none': '{{step}} does not know which flow to call: choose one.',
  'run.call.deep': '{{step}} would be more than {{max}} calls deep: let one of the flows do more itself.',
  'run.call.notHere': '{{step}} calls another flow, which is not possible here: run the whole flow instead.',
  'run.call.cancelled': 'The run that {{step}} had called was cancelled.',
  'run.call.failed': 'The called flow failed.',
  'run.queue.full': '{{runs}} runs wait in this installation already, which is as many as may. Try again when some of them have been worked off.',
  'run.queue.full.flow': '{{runs}} runs of this flow wait already, which is as many as may. Try again when some of them have been worked off.',
  'run.replay.noStep': 'This run has no such step. Choose one of its steps.',
  'run.replay.stepGone': 'The step is not in this version any more, and nothing before it has changed: replay the version that the run was made with.',
  'run.superseded': 'The run ended while this step was in flight: whether it took effect is not known.',
  'run.timeout.ms': 'There was no answer within {{ms}} ms. Try again, or raise the step’s time limit.',
  'run.timeout.seconds': 'There was no answer within {{seconds}} s. Try again, or raise the step’s time limit.',
});

/** A title, or a field's path, as it stands in a sentence. */
export const named = (text: string): string => `“${text}”`;

/** The error of one item in the sentence of its loop; its own sentence may be one of another package's. */
export function saidOfItem(code: 'run.item' | 'run.record', number: number, error: Pick<RunError, 'message' | 'sentence'>): Said {
  const { message, sentence } = say(code, { number, error: error.message });
  return { message, sentence: error.sentence ? { ...sentence, values: { number, error: error.sentence } } : sentence };
}
