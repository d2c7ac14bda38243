import { schemaAt, type JsonSchema } from '@weft/json-schema';
import { list, may, number, object, oneOf, or, text } from '@weft/json-schema/read';
import { type MappingDocument, readMapping } from '@weft/mapping';
import { hasWayOut } from '../graph/has-way-out.ts';
import { ports } from '../graph/port.ts';
import type { Problem } from '../problem.ts';
import { named, type Check } from '../problems/check.ts';
import { say } from '../sentences.en.ts';
import { questionFields } from './approval-question.ts';
import { maxWaitMs } from './base-shape.ts';
import { anything, defineKind } from './kind.ts';
import type { StepBase } from './step-base.ts';

/** Parks the run until a person decides. Its output is `{ approved, comment, decidedBy, decidedAt }`. */
export interface ApprovalStep extends StepBase {
  kind: 'approval';
  /** What is asked. `{number}` stands for the field of that name among what people are shown. */
  question: string;
  /** Who may decide: these people, and everybody with one of these roles. */
  assignees: { users: string[]; roles: ApproverRole[] };
  /** What they are shown. */
  input?: MappingDocument;
  /** How long they have, milliseconds. */
  timeoutMs?: number;
  /** What happens when nobody decides in time. Default reject. */
  onTimeout?: 'reject' | 'approve' | 'fail';
}

export type ApproverRole = 'owner' | 'member';

const assignees = object<ApprovalStep['assignees']>({
  users: or(list(text(200), 100), () => []),
  roles: or(list(oneOf('owner', 'member'), 2), () => []),
});

export const approval = defineKind<ApprovalStep>({
  shape: {
    question: or(text(2_000), () => ''),
    assignees: or(assignees, () => ({ users: [], roles: [] })),
    input: may(readMapping),
    timeoutMs: may(number(1, maxWaitMs, true)),
    onTimeout: may(oneOf('reject', 'approve', 'fail')),
  },
  ports: () => [ports.approved, ports.rejected],
  goesOnByItself: false,
  parts: (step) => [
    { path: ['assignees', 'users'], users: step.assignees.users },
    { path: ['input'], mapping: step.input },
  ],
  target: () => anything,
  output: () => approvalOutput,
  problems,
  mayFail: false,
  inStream: ({ title }) => say('flow.stream.refused.approval', { step: named(title) }),
  runsAlone: false,
});

function problems({ title, question, assignees: { users, roles }, input, schemas }: ApprovalStep, { flow }: Check, stepId: string): Problem[] {
  const found: Problem[] = [];
  const step = named(title);
  if (question.trim() === '') {
    found.push({ code: 'approval.question', severity: 'error', stepId, path: ['question'], ...say('flow.approval.question', { step }) });
  }
  for (const field of questionFields(question)) {
    const at = field.split('.');
    const isShown = input?.rules.some(({ to }) => to.every((name, index) => name === at[index] || to.join('.') === field)) ?? false;
    if (isShown || (schemas?.input && schemaAt(schemas.input, at) !== undefined)) continue;
    found.push({ code: 'approval.questionField', severity: 'warning', stepId, path: ['question'], ...say('flow.approval.questionField', { step, field }) });
  }
  if (users.length === 0 && roles.length === 0) {
    found.push({ code: 'approval.assignees', severity: 'error', stepId, path: ['assignees'], ...say('flow.approval.assignees', { step }) });
  }
  if (!hasWayOut(flow, stepId, 'rejected') && !hasWayOut(flow, stepId, 'approved')) {
    const said = say('flow.approval.unconnected', { step, approved: ports.approved.sentence, rejected: ports.rejected.sentence });
    found.push({ code: 'approval.unconnected', severity: 'warning', stepId, ...said });
  }
  return found;
}

/** Whichever way it was decided. */
const approvalOutput: JsonSchema = {
  type: 'object',
  properties: {
    approved: { type: 'boolean', title: 'Approved' },
    comment: { type: 'string', title: 'Comment' },
    decidedBy: {
      type: ['object', 'null'],
      title: 'Decided by',
      description: 'Null where the time ran out.',
      properties: { id: { type: 'string' }, name: { type: 'string', title: 'Name' }, email: { type: 'string', title: 'E-mail' } },
      required: ['id', 'name', 'email'],
    },
    decidedAt: { type: 'string', format: 'date-time', title: 'Decided at' },
  },
  required: ['approved', 'comment', 'decidedBy', 'decidedAt'],
};
