import { defineSentences, type Said } from '@weft/sentences';
import type { FlowDocument } from './document.ts';
import type { Fix } from './problem.ts';

/** All that people read of this package, by code. A step stands in a sentence as `titled` or `untitled`. */
export const { english, say, part } = defineSentences({
  'flow.titled': '“{{title}}”',
  'flow.untitled': 'a step without a title',
  'flow.list': '{{before}}, {{next}}',
  'flow.way': '{{before}} → {{next}}',

  'flow.port.next': 'Then',
  'flow.port.timeout': 'Nothing came in time',
  'flow.port.approved': 'Approved',
  'flow.port.rejected': 'Rejected',
  'flow.port.else': 'Otherwise',
  'flow.port.error': 'If it fails',

  'flow.trigger.missing': 'Nothing starts this flow yet: add a trigger.',
  'flow.trigger.second': 'A flow has one trigger, and {{first}} is one already: remove one of them.',
  'flow.trigger.inLoop': 'A trigger cannot be inside a loop: move it out.',
  'flow.fix.remove': 'Remove {{step}}',
  'flow.fix.outOfLoop': 'Move it out of the loop',

  'flow.edge.fromMissing': 'A connection starts at a step that is gone: remove the connection.',
  'flow.edge.toMissing': 'A connection from {{from}} leads to a step that is gone: remove the connection.',
  'flow.edge.portMissing': '{{from}} no longer has the way out that leads to {{to}}: connect it anew.',
  'flow.edge.toTrigger': 'Nothing can come before the trigger {{to}}.',
  'flow.edge.crossesLoop': 'The connection from {{from}} to {{to}} crosses the border of a loop: put both on the same side.',
  'flow.edge.twice': 'The same two steps are connected twice.',
  'flow.edge.cycle.itself': '{{step}} leads back to itself: remove that connection. To repeat steps, use a loop.',
  'flow.edge.cycle': '{{steps}} lead in a circle: remove one of the connections. To repeat steps, use a loop.',
  'flow.step.unconnected': 'Nothing leads to {{step}}, so it would never run: connect it or remove it.',
  'flow.step.errorUnconnected': 'Nothing is connected to “{{port}}” of {{step}}, so its failures would pass in silence: connect a step.',
  'flow.fix.keepOne': 'Keep one',
  'flow.fix.removeEdge': 'Remove the connection',
  'flow.fix.connectAfter': 'Connect it after {{step}}',

  'flow.connect.gone': 'One of the two steps is gone.',
  'flow.connect.itself': 'A step cannot follow itself.',
  'flow.connect.trigger': 'Nothing can come before the trigger.',
  'flow.connect.port': '“{{step}}” has no such way out.',
  'flow.connect.border': 'A connection cannot cross the border of a loop: put both steps on the same side.',
  'flow.connect.twice': 'These two are connected already.',
  'flow.connect.circle': 'This would make the flow run in a circle. To repeat steps, use a loop.',

  'flow.loop.gone': 'The loop around {{step}} is gone: move the step out.',
  'flow.loop.notALoop': '{{step}} is inside {{container}}, which is not a loop: move it out.',
  'flow.loop.insideItself': '{{step}} is inside itself: move it out.',
  'flow.loop.items': '{{step}} does not know what to go through: choose a list.',
  'flow.loop.empty': '{{step}} has no steps inside, so nothing happens for its items: put a step into it.',
  'flow.loop.shadows.step': 'The name “{{name}}” for the item of {{step}} is taken by the step {{other}}: choose another name.',
  'flow.loop.shadows.item': 'The name “{{name}}” for the item of {{step}} is taken by the item of {{other}}: choose another name.',
  'flow.loop.stillRead': '“{{name}}” is still read inside {{step}} as something else: choose another name.',
  'flow.itemName': '“{{name}}” cannot be the name of an item: begin with a letter, and use only letters, digits and _, at most 64.',
  'flow.fix.moveOut': 'Move it out',
  'flow.fix.rename': 'Call it “{{name}}”',

  'flow.operation.unknown': '{{connector}} has no operation “{{operation}}”: choose another one for {{step}}.',
  'flow.operation.uninstalled': '{{step}} uses the connector “{{connector}}”, which is not installed here: install it or use another one.',
  'flow.operation.version': '{{step}} uses version {{version}} of “{{connector}}”, which is not installed here. Installed: {{versions}}.',
  'flow.operation.kind.trigger': '{{operation}} cannot start a flow: choose a trigger.',
  'flow.operation.kind.signal': '{{operation}} receives no signals: choose again who may send it.',
  'flow.operation.kind.starts': '{{operation}} starts flows and cannot stand in the middle of one: use another operation.',
  'flow.operation.kind.source': '{{operation}} cannot be read record by record: choose a source.',
  'flow.operation.kind.action': '{{operation}} is read by a loop and does nothing on its own: choose it as the source of a “For each”.',
  'flow.operation.deprecated': '{{connector}} {{version}} is no longer developed: look for another one.',
  'flow.operation.deprecated.until': '{{connector}} {{version}} is no longer developed and goes away on {{until}}: look for another one.',
  'flow.operation.deprecated.instead': '{{connector}} {{version}} is no longer developed: use {{instead}} instead.',
  'flow.operation.deprecated.untilInstead': '{{connector}} {{version}} is no longer developed and goes away on {{until}}: use {{instead}} instead.',
  'flow.connection.missing': '{{step}} needs a connection to {{connector}}: choose or add one.',
  'flow.connection.missing.secret': '{{step}} checks who calls, and needs a connection that holds the secret: choose or add one.',
  'flow.fix.version': 'Use version {{version}}',

  'flow.config.required': '{{step}} needs “{{field}}”: fill it in.',
  'flow.config.invalid': '{{step}}: “{{field}}” {{reason}}.',
  'flow.config.whole': 'the settings',

  'flow.limit': '{{step}}: {{field}} {{reason}}.',
  'flow.limit.flow': 'The flow: {{field}} {{reason}}.',
  'flow.limit.title': 'the title',
  'flow.limit.note': 'the note',
  'flow.limit.notes': 'a note on the canvas',
  'flow.limit.description': 'the description',
  'flow.limit.field': '“{{name}}”',

  'flow.schema.broken': '{{step}}: a part of what it takes is described by “{{ref}}”, which is missing where it comes from. Until that is corrected, the part is written as JSON and not checked.',

  'flow.mapping.empty': '{{step}} gives nothing yet: map at least one field.',

  'flow.condition.missing.filter': '{{step}} does not know what to let through: add a condition.',
  'flow.condition.missing.case': 'The case {{case}} has no condition: say when it applies.',
  'flow.branch.empty': '{{step}} has no case: add one with its condition.',

  'flow.respond.missing': 'Whoever calls {{trigger}} waits and gets an empty answer: add a Respond step.',
  'flow.respond.second': '{{earlier}} has answered already when {{step}} is reached: only the first answer is sent.',
  'flow.respond.inLoop': '{{step}} is inside a loop: only the first item’s answer is sent. Move it behind the loop to answer with all of them.',
  'flow.respond.unheard.atOnce': 'Nobody hears {{step}}: {{trigger}} answers its caller at once. Let it answer when the flow has finished.',
  'flow.respond.unheard': 'Nobody hears {{step}}: only a webhook has a caller who waits for an answer.',
  'flow.fix.answerWhenFinished': 'Answer when finished',

  'flow.retry.range.attempts': '{{step}}: it can be tried 1 to {{max}} times.',
  'flow.retry.range.delay': '{{step}}: the pause between tries can be at most an hour.',
  'flow.retry.range.timeout': '{{step}}: the time limit can be at most an hour.',
  'flow.retry.unsafe': '{{step}} is tried again after a failure, and {{operation}} may then act twice: switch trying again off unless a repeat does no harm.',
  'flow.delivery.retry': '{{step}} is to be done at most once and is tried again after a failure: choose one of the two.',
  'flow.delivery.stream': '{{step}} is inside a loop over a stream, where a batch is done again after a crash: it cannot be done at most once there.',
  'flow.fix.noRetry': 'Do not try again',
  'flow.fix.atLeastOnce': 'Do it at least once',

  'flow.wait.durationMs': '{{step}} does not know how long to wait: say how long.',
  'flow.wait.date': '{{step}} does not know until when to wait: choose a date.',
  'flow.wait.key': '{{step}} does not know which signal is its own: choose what the signal’s key is compared with, such as the order’s number.',
  'flow.wait.timeoutUnconnected': 'Nothing is connected to “{{port}}” of {{step}}, so the run would end there in silence: connect a step.',

  'flow.approval.question': '{{step}} asks nothing yet: write the question that the people who decide will read.',
  'flow.approval.assignees': 'Nobody may decide {{step}}, so its runs would wait for ever: choose people or a role.',
  'flow.approval.unconnected': 'Nothing happens after {{step}}, whatever is decided: connect a step to “{{approved}}” or “{{rejected}}”.',

  'flow.stream.refused.respond': '{{step}} answers, and a run answers once: move it out of the loop, or go through a list instead.',
  'flow.stream.refused.wait': '{{step}} waits, and a stream would stand still for every record: move it out of the loop, or go through a list instead.',
  'flow.stream.refused.approval': '{{step}} asks people, and a stream would ask for every record: move it out of the loop, or go through a list instead.',
  'flow.stream.refused.subflow': '{{step}} calls a flow, and a stream would start a run for every record: move it out of the loop, or go through a list instead.',
  'flow.stream.refused.stream': '{{step}} reads a stream for every record of another one: move it out of the loop, or go through a list instead.',
  'flow.stream.restarts': '{{step}} starts again from the beginning when it is interrupted: {{operation}} cannot go on in the middle with these settings.',
  'flow.stream.unsafe':
    '{{step}} may act twice on the records of one batch when the run is interrupted: {{operation}} has no key to know them again. Choose one that updates by a key where that matters.',

  'flow.subflow.none': '{{step}} does not know which flow to call: choose one.',
  'flow.subflow.gone': 'The flow that {{step}} calls does not exist any more: choose another one.',
  'flow.subflow.cycle.itself': '{{step}} calls its own flow, which would never end: choose another one.',
  'flow.subflow.cycle.direct': '{{called}} calls this flow, which would never end: choose another one.',
  'flow.subflow.cycle': '{{called}} ends up calling this flow ({{way}}), which would never end: choose another one.',
  'flow.subflow.trigger': '{{called}} cannot be called: it begins by itself. Give it a trigger that takes data, such as “Run by hand”, or choose another flow.',
  'flow.subflow.unpublished': '{{called}} is not published yet: publish it first, then this flow.',
  'flow.subflow.off': '{{called}} is switched off, so calling it fails: switch it on.',

  'flow.settings.timezone': '“{{timezone}}” is not a time zone: choose one like Europe/Oslo.',
  'flow.settings.concurrencyKey': 'Runs can only be kept in order by a field of what starts the flow: choose one from the trigger.',
  'flow.settings.concurrencyKeyUnknown': 'The trigger has no field “{{field}}” as far as is known: runs without it are not kept in order.',
  'flow.settings.runTitle': 'Runs are to be called by “{{field}}”, which the trigger does not give as far as is known: choose another field in the settings of the flow.',
  'flow.sample.pinned': 'The pinned sample is gone: pin another one.',
  'flow.fix.noOrder': 'Do not keep an order',
  'flow.fix.noRunTitle': 'Call runs by nothing',
});

/** One click that mends a problem. */
export const fix = ({ message, sentence }: Said, apply: (flow: FlowDocument) => FlowDocument): Fix => ({ title: message, sentence, apply });
