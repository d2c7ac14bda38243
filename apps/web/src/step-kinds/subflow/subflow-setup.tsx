import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { FlowChoice } from '@weft/api';
import type { SubflowStep } from '@weft/flow';
import { SquareArrowOutUpRight } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { calledFlowsQuery, useCallableFlows, useWorkspaceId } from '../../api/index.ts';
import { addCallableFlows, useEditor } from '../../editor/state/index.ts';
import { InputForm } from '../../inspector/input-form.tsx';
import { WholePart } from '../../inspector/whole-part.tsx';
import { useEditStep } from '../../inspector/use-step.ts';
import { buttonClass, Notice } from '../../ui/index.ts';
import { SearchSelect } from '../../ui/search-select.tsx';
import type { SetupProps } from '../setup-props.ts';
import '../../inspector/words.ts';

/** Which flow is called, and with what. */
export function SubflowSetup({ stepId, step }: SetupProps<SubflowStep>) {
  const { t } = useTranslation('step-kinds');
  const edit = useEditStep(stepId);
  const workspace = useWorkspaceId();
  const readOnly = useEditor((state) => state.readOnly);
  const own = useEditor((state) => state.facts?.id);
  const called = useEditor(({ catalogue }) => catalogue.flow?.(step.flow));
  const known = useEditor(({ catalogue }) => catalogue.flow !== undefined);
  const client = useQueryClient();
  const [search, setSearch] = useState('');
  const { data: flows = [], isSuccess, isFetching } = useCallableFlows(search);
  const offered = flows.filter(({ id }) => id !== own);
  const describe = ({ published, enabled }: FlowChoice) => {
    if (published === null) return t('subflow.unpublished');
    return enabled ? t('subflow.version', { number: published }) : t('subflow.off');
  };
  const choose = async (flow: string) => {
    // Without an answer the choice counts all the same, and the flow is described once there is one.
    await client.fetchQuery(calledFlowsQuery(workspace, [flow])).then(addCallableFlows, () => undefined);
    edit({ flow, version: undefined }, t('inspector:undo.setup'));
  };
  const chosenLabel = () => {
    if (step.flow === '') return t('subflow.choose');
    return called?.title ?? (known ? t('subflow.gone') : '…');
  };
  return (
    <>
      <SearchSelect
        label={t('subflow.flow')}
        value={step.flow}
        chosenLabel={chosenLabel()}
        disabled={readOnly}
        onChange={(flow) => void choose(flow)}
        onSearch={setSearch}
        searching={isFetching}
        options={offered.map((flow) => ({ value: flow.id, label: flow.title, description: describe(flow) }))}
      />
      {isSuccess && search === '' && offered.length === 0 && <Notice>{t('subflow.none')}</Notice>}
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
