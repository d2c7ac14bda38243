import { expect, type Locator } from '@playwright/test';

/** The steps of a run and what each got and gave: in the editor's run panel, and on the page of a run. */
export interface RunDetails {
  steps: Locator;
  row(name: string | RegExp): Locator;
  /** Chooses a step and one of its sides; answers the payload's view. */
  look(step: string | RegExp, side: 'Input' | 'Output' | 'Answer' | 'Started with' | 'List'): Promise<Payload>;
}

export function runDetailsIn(scope: Locator): RunDetails {
  const steps = scope.getByRole('tree', { name: 'Steps of the run' });
  const details: RunDetails = {
    steps,
    row: (name) => steps.getByRole('treeitem', { name }),
    async look(step, side) {
      await details.row(step).first().click();
      const choice = scope.getByRole('radio', { name: side, exact: true });
      const view = scope
        .getByRole('region', { name: side, exact: true })
        .filter({ has: scope.page().getByRole('group', { name: 'View as' }) })
        .last();
      // In a narrow panel one side is shown at a time.
      await expect(choice.or(view).first()).toBeAttached();
      if ((await choice.count()) > 0) await choice.press('Space');
      await expect(view).toBeVisible();
      return payloadIn(view);
    },
  };
  return details;
}

/** A payload as tree, table or JSON. */
export interface Payload {
  tree: Locator;
  field(text: string | RegExp): Locator;
  asTable(): Promise<Locator>;
  asJson(): Promise<Locator>;
}

export function payloadIn(view: Locator): Payload {
  const tree = view.getByRole('tree');
  return {
    tree,
    field: (text) => tree.getByRole('treeitem', { name: text }),
    async asTable() {
      await view.getByRole('radio', { name: 'Table' }).press('Space');
      return view.getByRole('table');
    },
    async asJson() {
      await view.getByRole('radio', { name: 'JSON' }).press('Space');
      return view;
    },
  };
}
