import { useNavigate } from '@tanstack/react-router';
import type { FlowSummary, Me, Workspace } from '@weft/api';
import { ArrowLeftRight, Blocks, CircleCheckBig, FileText, History, KeyRound, Moon, Plus, Settings, Share2, Sun, Users, Workflow } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useCreateFlow, useFoundFlows } from '../api/index.ts';
import { useCommandRegistry, useCommands, type AppCommand } from '../commands/registry.ts';
import { toast, useTheme } from '../ui/index.ts';

/** What the command palette offers on every page. */
export function GlobalCommands({ me, workspace }: { me: Me; workspace: Workspace }) {
  const { t } = useTranslation('app');
  const navigate = useNavigate();
  const flows = useFlowsToOpen();
  const { mutate: createFlow } = useCreateFlow();
  const setTheme = useTheme((state) => state.setTheme);

  const commands = useMemo((): AppCommand[] => {
    const params = { workspace: workspace.id };
    const openFlow = (flow: string) => void navigate({ to: '/w/$workspace/flows/$flow', params: { ...params, flow } });
    const goTo = t('commands.goTo');
    const actions = t('commands.actions');
    return [
      {
        id: 'new-flow',
        section: actions,
        title: t('commands.newFlow'),
        icon: <Plus />,
        run: () => createFlow({ title: t('untitledFlow') }, { onSuccess: ({ id }) => openFlow(id) }),
      },
      {
        id: 'share',
        section: actions,
        title: t('commands.share'),
        icon: <Share2 />,
        keywords: t('commands.shareKeywords').split(' '),
        run() {
          void navigate({ to: '/w/$workspace/flows', params });
          toast.info(t('commands.shareHow'));
        },
      },
      {
        id: 'people',
        section: actions,
        title: t('commands.people'),
        icon: <Users />,
        keywords: t('commands.peopleKeywords').split(' '),
        run: () => toast.info(t('commands.noPeople')),
      },
      { id: 'theme-light', section: actions, title: t('commands.light'), icon: <Sun />, run: () => setTheme('light') },
      { id: 'theme-dark', section: actions, title: t('commands.dark'), icon: <Moon />, run: () => setTheme('dark') },
      { id: 'page-flows', section: goTo, title: t('pages.flows'), icon: <Workflow />, run: () => void navigate({ to: '/w/$workspace/flows', params }) },
      { id: 'page-runs', section: goTo, title: t('pages.runs'), icon: <History />, run: () => void navigate({ to: '/w/$workspace/runs', params }) },
      {
        id: 'page-approvals',
        section: goTo,
        title: t('pages.approvals'),
        icon: <CircleCheckBig />,
        run: () => void navigate({ to: '/w/$workspace/approvals', params }),
      },
      { id: 'page-apps', section: goTo, title: t('pages.apps'), icon: <Blocks />, run: () => void navigate({ to: '/w/$workspace/apps', params }) },
      { id: 'page-files', section: goTo, title: t('pages.files'), icon: <FileText />, run: () => void navigate({ to: '/w/$workspace/files', params }) },
      {
        id: 'page-connections',
        section: goTo,
        title: t('pages.connections'),
        icon: <KeyRound />,
        run: () => void navigate({ to: '/w/$workspace/connections', params }),
      },
      { id: 'page-settings', section: goTo, title: t('pages.settings'), icon: <Settings />, run: () => void navigate({ to: '/settings' }) },
      ...flows.map((flow) => ({ id: flow.id, section: t('pages.flows'), title: flow.title, icon: <Workflow />, run: () => openFlow(flow.id) })),
      ...me.workspaces
        .filter(({ id }) => id !== workspace.id)
        .map(({ id, name }) => ({
          id,
          section: t('commands.workspaces'),
          title: t('commands.switchTo', { name }),
          icon: <ArrowLeftRight />,
          run: () => void navigate({ to: '/w/$workspace/flows', params: { workspace: id } }),
        })),
    ];
  }, [createFlow, flows, me.workspaces, navigate, setTheme, t, workspace.id]);

  useCommands(commands);
  return null;
}

const none: FlowSummary[] = [];

/** Read once the palette is open: the newest, and where there are more, those with what is typed in their titles. */
function useFlowsToOpen(): FlowSummary[] {
  const open = useCommandRegistry((state) => state.open);
  const search = useCommandRegistry((state) => state.search);
  const newest = useFoundFlows('', open).data;
  const hasMore = newest !== undefined && newest.next !== null && search.trim() !== '';
  const found = useFoundFlows(search, open && hasMore).data;
  return (hasMore ? found : newest)?.items ?? none;
}
