import { Link } from '@tanstack/react-router';
import type { SubflowStep } from '@weft/flow';
import { SquareArrowOutUpRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useCallableFlows, useWorkspaceId } from '../../api/index.ts';
import { useEditor } from '../../editor/state/index.ts';
import { InputForm } from '../../inspector/input-form.tsx';
import { WholePart } from '../../inspector/whole-part.tsx';
import { useEditStep } from '../../inspector/use-step.ts';
import { buttonClass, Notice, Select } from '../../ui/index.ts';
import type { SetupProps } from '../setup-props.ts';
import '../../inspector/words.ts';

/** Which flow is called, and with what. */
export function SubflowSetup({ stepId, step }: SetupProps<SubflowStep>) {
  const { t } = useTranslation('step-kinds');
  const edit = useEditStep(stepId);
  const workspace = useWorkspaceId();
  const readOnly = useEditor((state) => state.readOnly);
  const own = useEditor((state) => state.facts?.id);
  const { data: flows = [] } = useCallableFlows();
  const offered = flows.filter(({ id, callable }) => id === step.flow || (callable && id !== own));
  const called = flows.find(({ id }) => id === step.flow);
  const describe = ({ published, enabled }: (typeof flows)[number]) => {
    if (published === null) return t('subflow.unpublished');
    return enabled ? t('subflow.version', { number: published }) : t('subflow.off');
  };
  return (
    <>
      <Select
        label={t('subflow.flow')}
        value={step.flow}
        disabled={readOnly}
        onChange={(flow) => edit({ flow, version: undefined }, t('inspector:undo.setup'))}
        options={[
          ...(step.flow === '' || !called ? [{ value: step.flow, label: step.flow === '' ? t('subflow.choose') : t('subflow.gone') }] : []),
          ...offered.map((flow) => ({ value: flow.id, label: flow.title, description: describe(flow) })),
        ]}
      />
      {flows.length > 0 && offered.length === 0 && <Notice>{t('subflow.none')}</Notice>}
      {called && (
        <>
          <Link to="/w/$workspace/flows/$flow" params={{ workspace, flow: called.id }} className={`${buttonClass('secondary', 'sm')} self-start`}>
            <SquareArrowOutUpRight aria-hidden="true" />
            {t('subflow.open')}
          </Link>
          <p className="text-xs text-subtle">{step.version === undefined ? t('subflow.pins') : t('subflow.pinned', { number: step.version })}</p>
          <InputForm stepId={stepId} step={step} />
          <WholePart stepId={stepId} step={step} />
        </>
      )}
    </>
  );
}
