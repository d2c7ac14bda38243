import { maxWaitMs, type ApprovalStep } from '@weft/flow';
import { Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { usePeople } from '../../api/index.ts';
import { useEditor } from '../../editor/state/index.ts';
import { WholePart } from '../../inspector/whole-part.tsx';
import { useEditStep } from '../../inspector/use-step.ts';
import { Button, Checkbox, LengthField, Select, TextArea } from '../../ui/index.ts';
import type { SetupProps } from '../setup-props.ts';
import '../../inspector/words.ts';

/** What is asked, who may decide, what they are shown, and what happens when nobody does. */
export function ApprovalSetup({ stepId, step }: SetupProps<ApprovalStep>) {
  const { t } = useTranslation('step-kinds');
  const edit = useEditStep(stepId);
  const readOnly = useEditor((state) => state.readOnly);
  return (
    <>
      <TextArea
        required
        rows={2}
        label={t('approval.question')}
        hint={t('approval.questionHint')}
        placeholder={t('approval.questionExample')}
        value={step.question}
        readOnly={readOnly}
        onChange={(question) => edit({ question }, t('inspector:undo.setup'), 'question')}
      />
      {!readOnly && (
        <QuestionFields step={step} onInsert={(field) => edit({ question: `${step.question.trimEnd()} {${field}}`.trimStart() }, t('inspector:undo.setup'))} />
      )}
      <Assignees stepId={stepId} step={step} />
      <div className="flex flex-col gap-1.5">
        <span className="text-xs font-medium">{t('approval.shown')}</span>
        <p className="text-xs text-subtle">{t('approval.shownText')}</p>
        <WholePart stepId={stepId} step={step} />
      </div>
      <LengthField
        maxMs={maxWaitMs}
        label={t('approval.timeout')}
        hint={t('approval.timeoutHint')}
        readOnly={readOnly}
        value={step.timeoutMs}
        onChange={(timeoutMs) => edit({ timeoutMs: timeoutMs || undefined }, t('inspector:undo.setup'), 'timeoutMs')}
      />
      {step.timeoutMs !== undefined && (
        <Select
          label={t('approval.onTimeout')}
          value={step.onTimeout ?? 'reject'}
          disabled={readOnly}
          onChange={(onTimeout) => edit({ onTimeout }, t('inspector:undo.setup'))}
          options={(['reject', 'approve', 'fail'] as const).map((value) => ({ value, label: t(`approval.onTimeoutOf.${value}`) }))}
        />
      )}
    </>
  );
}

/** Of what people are shown; the question can name each. */
function QuestionFields({ step, onInsert }: { step: ApprovalStep; onInsert: (field: string) => void }) {
  const { t } = useTranslation('step-kinds');
  const named = new Set([...Object.keys(step.schemas?.input?.properties ?? {}), ...(step.input?.rules ?? []).map(({ to }) => to.join('.'))].filter((name) =>
    name !== ''));
  if (named.size === 0) return null;
  return (
    <div className="-mt-3 flex flex-wrap items-center gap-1">
      <span className="text-xs text-subtle">{t('approval.insert')}</span>
      {[...named].slice(0, 12).map((name) => (
        <Button key={name} size="sm" variant="ghost" icon={<Plus />} onClick={() => onInsert(name)}>
          {name}
        </Button>
      ))}
    </div>
  );
}

const roles = ['owner', 'member'] as const;

function Assignees({ stepId, step: { assignees } }: SetupProps<ApprovalStep>) {
  const { t } = useTranslation('step-kinds');
  const edit = useEditStep(stepId);
  const readOnly = useEditor((state) => state.readOnly);
  const people = usePeople();
  const set = (change: Partial<ApprovalStep['assignees']>): void => edit({ assignees: { ...assignees, ...change } }, t('inspector:undo.setup'));
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1.5 text-xs font-medium">
        {t('approval.who')} <span className="text-danger-text">*</span>
      </legend>
      {roles.map((role) => (
        <Checkbox
          key={role}
          label={t(`approval.roles.${role}`)}
          checked={assignees.roles.includes(role)}
          disabled={readOnly}
          onChange={(checked) => set({ roles: roles.filter((one) => (one === role ? checked : assignees.roles.includes(one))) })}
        />
      ))}
      {people.data && people.data.length > 0 && <p className="pt-1 text-xs text-subtle">{t('approval.people')}</p>}
      {people.data?.map(({ id, name, email }) => (
        <Checkbox
          key={id}
          label={name}
          hint={email}
          checked={assignees.users.includes(id)}
          disabled={readOnly}
          onChange={(checked) => set({ users: checked ? [...assignees.users, id] : assignees.users.filter((one) => one !== id) })}
        />
      ))}
    </fieldset>
  );
}
