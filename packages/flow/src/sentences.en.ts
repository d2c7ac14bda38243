import { defineSentences, type Said } from '@weft/sentences';
import type { FlowDocument } from './document.ts';
import type { Fix } from './problem.ts';

/** All that people read of this package, by code. A step stands in a sentence as `titled` or `untitled`. */
export const { english, say, part } = defineSentences({
  titled: '“{{title}}”',
  untitled: 'a step without a title',
  list: '{{before}}, {{next}}',
  way: '{{before}} → {{next}}',

  'port.next': 'Then',
  'port.timeout': 'Nothing came in time',
  'port.approved': 'Approved',
  'port.rejected': 'Rejected',
  'port.else': 'Otherwise',
  'port.error': 'If it fails',

  'trigger.missing': 'Nothing starts this flow yet: add a trigger.',
  'trigger.second': 'A flow has one trigger, and {{first}} is one already: remove one of them.',
  'trigger.inLoop': 'A trigger cannot be inside a loop: move it out.',
  'fix.remove': 'Remove {{step}}',
  'fix.outOfLoop': 'Move it out of the loop',

  'edge.fromMissing': 'A connection starts at a step that is gone: remove the connection.',
  'edge.toMissing': 'A connection from {{from}} leads to a step that is gone: remove the connection.',
  'edge.portMissing': '{{from}} no longer has the way out that leads to {{to}}: connect it anew.',
  'edge.toTrigger': 'Nothing can come before the trigger {{to}}.',
  'edge.crossesLoop': 'The connection from {{from}} to {{to}} crosses the border of a loop: put both on the same side.',
  'edge.twice': 'The same two steps are connected twice.',
  'edge.cycle.itself': '{{step}} leads back to itself: remove that connection. To repeat steps, use a loop.',
  'edge.cycle': '{{steps}} lead in a circle: remove one of the connections. To repeat steps, use a loop.',
  'step.unconnected': 'Nothing leads to {{step}}, so it would never run: connect it or remove it.',
  'step.errorUnconnected': 'Nothing is connected to “{{port}}” of {{step}}, so its failures would pass in silence: connect a step.',
  'fix.keepOne': 'Keep one',
  'fix.removeEdge': 'Remove the connection',
  'fix.connectAfter': 'Connect it after {{step}}',

  'connect.gone': 'One of the two steps is gone.',
  'connect.itself': 'A step cannot follow itself.',
  'connect.trigger': 'Nothing can come before the trigger.',
  'connect.port': '“{{step}}” has no such way out.',
  'connect.border': 'A connection cannot cross the border of a loop: put both steps on the same side.',
  'connect.twice': 'These two are connected already.',
  'connect.circle': 'This would make the flow run in a circle. To repeat steps, use a loop.',

  'loop.gone': 'The loop around {{step}} is gone: move the step out.',
  'loop.notALoop': '{{step}} is inside {{container}}, which is not a loop: move it out.',
  'loop.insideItself': '{{step}} is inside itself: move it out.',
  'loop.items': '{{step}} does not know what to go through: choose a list.',
  'loop.empty': '{{step}} has no steps inside, so nothing happens for its items: put a step into it.',
  'loop.shadows.step': 'The name “{{name}}” for the item of {{step}} is taken by the step {{other}}: choose another name.',
  'loop.shadows.item': 'The name “{{name}}” for the item of {{step}} is taken by the item of {{other}}: choose another name.',
  'fix.moveOut': 'Move it out',
  'fix.rename': 'Call it “{{name}}”',

  'operation.unknown': '{{connector}} has no operation “{{operation}}”: choose another one for {{step}}.',
  'operation.uninstalled': '{{step}} uses the connector “{{connector}}”, which is not installed here: install it or use another one.',
  'operation.version': '{{step}} uses version {{version}} of “{{connector}}”, which is not installed here. Installed: {{versions}}.',
  'operation.kind.trigger': '{{operation}} cannot start a flow: choose a trigger.',
  'operation.kind.signal': '{{operation}} receives no signals: choose again who may send it.',
  'operation.kind.starts': '{{operation}} starts flows and cannot stand in the middle of one: use another operation.',
  'operation.kind.source': '{{operation}} cannot be read record by record: choose a source.',
  'operation.kind.action': '{{operation}} is read by a loop and does nothing on its own: choose it as the source of a “For each”.',
  'operation.deprecated': '{{connector}} {{version}} is no longer developed: look for another one.',
  'operation.deprecated.until': '{{connector}} {{version}} is no longer developed and goes away on {{until}}: look for another one.',
  'operation.deprecated.instead': '{{connector}} {{version}} is no longer developed: use {{instead}} instead.',
  'operation.deprecated.untilInstead': '{{connector}} {{version}} is no longer developed and goes away on {{until}}: use {{instead}} instead.',
  'connection.missing': '{{step}} needs a connection to {{connector}}: choose or add one.',
  'connection.missing.secret': '{{step}} checks who calls, and needs a connection that holds the secret: choose or add one.',
  'fix.version': 'Use version {{version}}',

  'config.required': '{{step}} needs “{{field}}”: fill it in.',
  'config.invalid': '{{step}}: “{{field}}” {{reason}}.',
  'config.whole': 'the settings',

  'mapping.empty': '{{step}} gives nothing yet: map at least one field.',

  'condition.missing.filter': '{{step}} does not know what to let through: add a condition.',
  'condition.missing.case': 'The case {{case}} has no condition: say when it applies.',
  'branch.empty': '{{step}} has no case: add one with its condition.',

  'respond.missing': 'Whoever calls {{trigger}} waits and gets an empty answer: add a Respond step.',
  'respond.second': '{{earlier}} has answered already when {{step}} is reached: only the first answer is sent.',
  'respond.inLoop': '{{step}} is inside a loop: only the first item’s answer is sent. Move it behind the loop to answer with all of them.',
  'respond.unheard.atOnce': 'Nobody hears {{step}}: {{trigger}} answers its caller at once. Let it answer when the flow has finished.',
  'respond.unheard': 'Nobody hears {{step}}: only a webhook has a caller who waits for an answer.',
  'fix.answerWhenFinished': 'Answer when finished',

  'retry.range.attempts': '{{step}}: it can be tried 1 to 10 times.',
  'retry.range.delay': '{{step}}: the pause between tries can be at most an hour.',
  'retry.range.timeout': '{{step}}: the time limit can be at most an hour.',
  'retry.unsafe': '{{step}} is tried again after a failure, and {{operation}} may then act twice: switch trying again off unless a repeat does no harm.',
  'delivery.retry': '{{step}} is to be done at most once and is tried again after a failure: choose one of the two.',
  'delivery.stream': '{{step}} is inside a loop over a stream, where a batch is done again after a crash: it cannot be done at most once there.',
  'fix.noRetry': 'Do not try again',
  'fix.atLeastOnce': 'Do it at least once',

  'wait.durationMs': '{{step}} does not know how long to wait: say how long.',
  'wait.date': '{{step}} does not know until when to wait: choose a date.',
  'wait.key': '{{step}} does not know which signal is its own: choose what the signal’s key is compared with, such as the order’s number.',
  'wait.timeoutUnconnected': 'Nothing is connected to “{{port}}” of {{step}}, so the run would end there in silence: connect a step.',

  'approval.question': '{{step}} asks nothing yet: write the question that the people who decide will read.',
  'approval.assignees': 'Nobody may decide {{step}}, so its runs would wait for ever: choose people or a role.',
  'approval.unconnected': 'Nothing happens after {{step}}, whatever is decided: connect a step to “{{approved}}” or “{{rejected}}”.',

  'stream.refused.respond': '{{step}} answers, and a run answers once: move it out of the loop, or go through a list instead.',
  'stream.refused.wait': '{{step}} waits, and a stream would stand still for every record: move it out of the loop, or go through a list instead.',
  'stream.refused.approval': '{{step}} asks people, and a stream would ask for every record: move it out of the loop, or go through a list instead.',
  'stream.refused.subflow': '{{step}} calls a flow, and a stream would start a run for every record: move it out of the loop, or go through a list instead.',
  'stream.refused.stream': '{{step}} reads a stream for every record of another one: move it out of the loop, or go through a list instead.',
  'stream.restarts': '{{step}} starts again from the beginning when it is interrupted: {{operation}} cannot go on in the middle with these settings.',
  'stream.unsafe':
    '{{step}} may act twice on the records of one batch when the run is interrupted: {{operation}} has no key to know them again. Choose one that updates by a key where that matters.',

  'subflow.none': '{{step}} does not know which flow to call: choose one.',
  'subflow.gone': 'The flow that {{step}} calls does not exist any more: choose another one.',
  'subflow.cycle.itself': '{{step}} calls its own flow, which would never end: choose another one.',
  'subflow.cycle.direct': '{{called}} calls this flow, which would never end: choose another one.',
  'subflow.cycle': '{{called}} ends up calling this flow ({{way}}), which would never end: choose another one.',
  'subflow.trigger': '{{called}} cannot be called: it begins by itself. Give it a trigger that takes data, such as “Run by hand”, or choose another flow.',
  'subflow.unpublished': '{{called}} is not published yet: publish it first, then this flow.',
  'subflow.off': '{{called}} is switched off, so calling it fails: switch it on.',

  'settings.timezone': '“{{timezone}}” is not a time zone: choose one like Europe/Oslo.',
  'settings.concurrencyKey': 'Runs can only be kept in order by a field of what starts the flow: choose one from the trigger.',
  'settings.concurrencyKeyUnknown': 'The trigger has no field “{{field}}” as far as is known: runs without it are not kept in order.',
  'sample.pinned': 'The pinned sample is gone: pin another one.',
  'fix.noOrder': 'Do not keep an order',
});

/** One click that mends a problem. */
export const fix = ({ message, sentence }: Said, apply: (flow: FlowDocument) => FlowDocument): Fix => ({ title: message, sentence, apply });
