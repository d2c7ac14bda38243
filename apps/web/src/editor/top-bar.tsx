import { Link, useNavigate } from '@tanstack/react-router';
import {
  ChevronRight, CircleCheck, CloudOff, Copy, Download, Ellipsis, FlaskConical, History, Keyboard, Link2, Pause, Play, Redo2, Rocket, Settings2,
  Trash2, TriangleAlert, Undo2,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useDuplicateFlow, usePauseFlow, useSwitchFlow, useWorkspaceId } from '../api/index.ts';
import { useSwitchedOff } from '../flows/use-switched-off.ts';
import { Badge, Button, cx, IconButton, Menu, Switch, toast, Tooltip } from '../ui/index.ts';
import { FlowTitle } from './flow-title.tsx';
import { keyName } from './key-name.ts';
import { decideConflict, openDialog, redo, setFacts, undo, useEditor, type SaveState } from './state/index.ts';
import { startTestRun } from './test-run.ts';

/** The flow as a whole: its name and state at the left, what can be done with it at the right. */
export function TopBar({ flowId }: { flowId: string }) {
  const { t } = useTranslation('editor');
  const workspace = useWorkspaceId();
  const readOnly = useEditor((state) => state.readOnly);
  return (
    <header className="flex h-13 shrink-0 items-center gap-2 border-b border-line bg-surface pr-3 pl-4">
      <nav aria-label={t('breadcrumb')} className="flex min-w-0 items-center gap-1">
        <Link to="/w/$workspace/flows" params={{ workspace }} className="rounded-sm text-sm text-muted hover:text-fg">
          {t('flows')}
        </Link>
        <ChevronRight aria-hidden="true" className="size-3.5 shrink-0 text-subtle" />
        <FlowTitle />
      </nav>
      <SaveMark />
      <PublishMark />
      <div className="ml-auto flex items-center gap-1">
        <UndoRedo />
        <ProblemsButton />
        <IconButton label={t('versions.button')} icon={<History />} size="md" onClick={() => openDialog('versions')} />
        <OnOff flowId={flowId} />
        <PauseButton flowId={flowId} />
        <span aria-hidden="true" className="mx-1 h-5 w-px bg-line" />
        <Tooltip text={t('test')} shortcut={keyName('mod', 'Enter')}>
          <Button variant="primary" icon={<Play />} disabled={readOnly} onClick={() => void startTestRun()}>
            {t('test')}
          </Button>
        </Tooltip>
        <Button icon={<Rocket />} disabled={readOnly} onClick={() => openDialog('publish')}>
          {t('publish.button')}
        </Button>
        <MoreMenu flowId={flowId} />
      </div>
    </header>
  );
}

function SaveMark() {
  const { t } = useTranslation('editor');
  const state = useEditor(({ saveState }) => saveState);
  const { icon: Icon, tone } = saveMarks[state];
  return (
    <output className={cx('flex shrink-0 items-center gap-1 text-xs', tone)}>
      <Icon aria-hidden="true" className="size-3.5" />
      {state === 'conflict' ? (
        <button type="button" className="rounded-sm underline underline-offset-2" onClick={() => decideConflict(false)}>
          {t('save.conflict')}
        </button>
      ) : (
        t(`save.${state}`)
      )}
    </output>
  );
}

const saveMarks: Record<SaveState, { icon: typeof CircleCheck; tone: string }> = {
  saved: { icon: CircleCheck, tone: 'text-subtle' },
  unsaved: { icon: CircleCheck, tone: 'text-subtle' },
  saving: { icon: CircleCheck, tone: 'text-subtle' },
  offline: { icon: CloudOff, tone: 'text-warn-text' },
  refused: { icon: TriangleAlert, tone: 'text-danger-text' },
  conflict: { icon: TriangleAlert, tone: 'text-danger-text' },
};

function PublishMark() {
  const { t } = useTranslation('editor');
  const isPublished = useEditor(({ facts }) => facts?.published != null);
  const hasChanges = useEditor(({ facts }) => facts?.unpublishedChanges === true);
  const paused = useEditor(({ facts }) => facts?.paused === true);
  if (!isPublished) return <Badge>{t('notPublished')}</Badge>;
  if (paused) return <Badge tone="warn">{t('pause.paused')}</Badge>;
  return hasChanges ? <Badge tone="warn">{t('unpublished')}</Badge> : null;
}

function UndoRedo() {
  const { t } = useTranslation('editor');
  const last = useEditor(({ history }) => history.past.at(-1)?.label);
  const next = useEditor(({ history }) => history.future[0]?.label);
  const readOnly = useEditor((state) => state.readOnly);
  return (
    <>
      <IconButton
        size="md"
        label={last === undefined ? t('undo') : t('undoLabel', { label: last })}
        shortcut={keyName('mod', 'Z')}
        icon={<Undo2 />}
        disabled={last === undefined || readOnly}
        onClick={undo}
      />
      <IconButton
        size="md"
        label={next === undefined ? t('redo') : t('redoLabel', { label: next })}
        shortcut={keyName('mod', 'shift', 'Z')}
        icon={<Redo2 />}
        disabled={next === undefined || readOnly}
        onClick={redo}
      />
    </>
  );
}

function ProblemsButton() {
  const { t } = useTranslation('editor');
  const count = useEditor(({ problems }) => problems.length);
  const hasErrors = useEditor(({ problems }) => problems.some(({ severity }) => severity === 'error'));
  return (
    <Button
      variant="ghost"
      aria-label={t('problems.button', { count })}
      title={t('problems.button', { count })}
      onClick={() => openDialog('problems')}
      icon={count === 0
        ? <CircleCheck aria-hidden="true" className="text-ok" />
        : <TriangleAlert aria-hidden="true" className={hasErrors ? 'text-danger' : 'text-warn'} />}
    >
      {count > 0 && <span className={hasErrors ? 'text-danger-text' : 'text-warn-text'}>{count}</span>}
    </Button>
  );
}

function OnOff({ flowId }: { flowId: string }) {
  const { t } = useTranslation('editor');
  const enabled = useEditor(({ facts }) => facts?.enabled === true);
  const isPublished = useEditor(({ facts }) => facts?.published != null);
  const change = useSwitchFlow();
  const switchedOff = useSwitchedOff();
  // “Not published” is said beside the title: one word for one state.
  if (!isPublished) return null;
  return (
    <span className="ml-1 flex items-center gap-2 border-l border-line pl-2">
      <Switch
        label={t('enabled.label')}
        labelHidden
        checked={enabled}
        disabled={change.isPending}
        onChange={(next) =>
          change.mutate(
            { flow: flowId, enabled: next },
            {
              onSuccess(detail) {
                setFacts(detail);
                if (!next) void switchedOff(flowId);
              },
            },
          )
        }
      />
      <span aria-hidden="true" className="w-6 text-xs text-muted">
        {enabled ? t('enabled.on') : t('enabled.off')}
      </span>
    </span>
  );
}

/** Unlike switching off: calls are accepted and wait. */
function PauseButton({ flowId }: { flowId: string }) {
  const { t } = useTranslation('editor');
  const isPublished = useEditor(({ facts }) => facts?.published != null);
  const paused = useEditor(({ facts }) => facts?.paused === true);
  const change = usePauseFlow();
  if (!isPublished) return null;
  return (
    <Tooltip text={paused ? t('pause.resumeHint') : t('pause.hint')}>
      <Button
        variant={paused ? 'secondary' : 'ghost'}
        icon={paused ? <Play aria-hidden="true" /> : <Pause aria-hidden="true" />}
        loading={change.isPending}
        onClick={() => change.mutate({ flow: flowId, paused: !paused }, { onSuccess: setFacts })}
      >
        {paused ? t('pause.resume') : t('pause.pause')}
      </Button>
    </Tooltip>
  );
}

function MoreMenu({ flowId }: { flowId: string }) {
  const { t } = useTranslation('editor');
  const workspace = useWorkspaceId();
  const navigate = useNavigate();
  const duplicate = useDuplicateFlow();
  const webhookUrl = useEditor(({ facts }) => facts?.webhookUrl ?? null);
  return (
    <Menu
      trigger={<IconButton plain size="md" label={t('menu.button')} icon={<Ellipsis />} />}
      items={[
        ...(webhookUrl === null ? [] : [{ label: t('menu.webhook'), icon: <Link2 />, onSelect: () => openDialog('published') }]),
        { label: t('menu.settings'), icon: <Settings2 />, onSelect: () => openDialog('settings') },
        {
          label: t('menu.runs'),
          icon: <FlaskConical />,
          onSelect: () => void navigate({ to: '/w/$workspace/runs', params: { workspace }, search: { flow: flowId } }),
        },
        { label: t('menu.shortcuts'), icon: <Keyboard />, shortcut: '?', onSelect: () => openDialog('shortcuts') },
        { label: t('menu.export'), icon: <Download />, separated: true, onSelect: () => openDialog('export') },
        {
          label: t('menu.duplicate'),
          icon: <Copy />,
          onSelect: () =>
            duplicate.mutate(flowId, {
              onSuccess: ({ id, title }) => {
                toast.success(t('duplicated', { title }));
                void navigate({ to: '/w/$workspace/flows/$flow', params: { workspace, flow: id } });
              },
            }),
        },
        { label: t('menu.delete'), icon: <Trash2 />, danger: true, separated: true, onSelect: () => openDialog('delete') },
      ]}
    />
  );
}
