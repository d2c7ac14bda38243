import { stepOrder } from '@weft/flow';
import { CircleAlert, History, List, Maximize, PanelBottom, Play, Plus, Rocket, WandSparkles } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useShallow } from 'zustand/react/shallow';
import { focusStep } from '../canvas/canvas-view.ts';
import { useFit } from '../canvas/use-fit.ts';
import { StepIcon } from '../step-kinds/step-icon.tsx';
import { tidy } from '../canvas/tidy.ts';
import { useCommands, type AppCommand } from '../commands/registry.ts';
import { addItem } from '../palette/add-item.ts';
import { ItemIcon } from '../palette/item-row.tsx';
import { useItems } from '../palette/use-items.ts';
import { keyName } from './key-name.ts';
import { openDialog, openRunPanel, openStep, showSide, useEditor } from './state/index.ts';
import { startTestRun } from './test-run.ts';

/** What Ctrl+K offers in the editor: every step to jump to, everything that can be added, everything that can be done. */
export function useEditorCommands(): void {
  const { t } = useTranslation('editor');
  const fit = useFit();
  const { logic, actions } = useItems();
  // Titles and order only: typing in a form registers nothing anew.
  const titles = useEditor(useShallow(({ document }) => stepOrder(document).map((id) => `${id}\n${document.steps[id]?.title ?? ''}`)));

  const commands = useMemo((): AppCommand[] => {
    const { document } = useEditor.getState();
    const section = t('commands.section');
    return [
      { id: 'flow-test', section, title: t('commands.test'), icon: <Play />, shortcut: keyName('mod', 'Enter'), run: () => void startTestRun() },
      { id: 'flow-publish', section, title: t('commands.publish'), icon: <Rocket />, run: () => openDialog('publish') },
      { id: 'flow-problems', section, title: t('commands.problems'), icon: <CircleAlert />, run: () => openDialog('problems') },
      { id: 'flow-versions', section, title: t('commands.versions'), icon: <History />, run: () => openDialog('versions') },
      { id: 'flow-tidy', section, title: t('commands.tidy'), icon: <WandSparkles />, run: () => void tidy() },
      { id: 'flow-fit', section, title: t('commands.fit'), icon: <Maximize />, shortcut: '0', run: fit },
      { id: 'flow-outline', section, title: t('commands.outline'), icon: <List />, run: () => showSide('outline') },
      { id: 'flow-palette', section, title: t('commands.palette'), icon: <Plus />, run: () => showSide('palette') },
      { id: 'flow-run-panel', section, title: t('commands.runPanel'), icon: <PanelBottom />, run: () => openRunPanel() },
      ...titles.map((line): AppCommand => {
        const [id = '', title = ''] = line.split('\n');
        const step = document.steps[id];
        return {
          id: `step-${id}`,
          section: t('commands.steps'),
          title,
          icon: step && <StepIcon step={step} size={16} />,
          keywords: [id],
          run: () => {
            openStep(id);
            focusStep(id);
          },
        };
      }),
      ...[...logic, ...actions].map(
        (item): AppCommand => ({
          id: `add-${item.id}`,
          section: t('commands.add'),
          title: item.title,
          icon: <ItemIcon item={item} />,
          keywords: item.keywords,
          run: () => addItem(item),
        }),
      ),
    ];
  }, [actions, fit, logic, t, titles]);

  useCommands(commands);
}
