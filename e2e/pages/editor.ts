import { expect, type Locator, type Page } from '@playwright/test';

/** The editor of one flow, in the words of the person who uses it. */
export interface Editor {
  canvas: Locator;
  step(title: string): Locator;
  /** Brings the step into view and opens it in the inspector. */
  open(title: string): Promise<void>;
  inspector: Locator;
  /** The search of the steps that can be added; where an open step has taken their place, they are asked for. */
  stepSearch(): Promise<Locator>;
  runPanel: Locator;
  /** Waits until every edit stands on the server. */
  expectSaved(): Promise<void>;
  openTab(name: 'Set up' | 'Map' | 'Test' | 'Samples' | 'Options'): Promise<void>;
  /** Runs the flow on the canvas; steps that act outside do so. */
  testRun(): Promise<void>;
  /** From now on the question before a test is answered: it is meant. */
  actForReal(): Promise<void>;
  /** Publishes without a note and closes the dialog that says so. Answers the webhook's address, where there is one. */
  publish(): Promise<string>;
}

export function editorOf(page: Page): Editor {
  const inspector = page.getByRole('region', { name: 'Step', exact: true });
  const editor: Editor = {
    canvas: page.getByRole('application', { name: 'Flow' }),
    step: (title) => page.getByRole('group', { name: new RegExp(`(^|: )${escaped(title)}(\\.|$)`) }),
    async open(title) {
      // Steps that lie over the canvas hide some of it.
      const aside = page.getByRole('button', { name: /^Show the (steps to add|outline)$/, expanded: true });
      if (await aside.isVisible()) await aside.click();
      await page.getByRole('button', { name: 'Fit the flow into view' }).click();
      // At its corner: in the middle of a loop are its steps.
      await editor.step(title).click({ position: { x: 16, y: 8 } });
      await expect(inspector.getByRole('textbox', { name: 'Title of the step' })).toHaveValue(title);
    },
    inspector,
    async stepSearch() {
      const search = page.getByRole('searchbox', { name: 'Search steps' });
      const rail = page.getByRole('button', { name: 'Show the steps to add' });
      await search.or(rail).first().waitFor();
      if (!(await search.isVisible())) await rail.click();
      return search;
    },
    runPanel: page.getByRole('region', { name: 'Run', exact: true }),
    expectSaved: () => expect(page.getByRole('banner').getByRole('status')).toHaveText('Saved'),
    openTab: (name) => inspector.getByRole('tab', { name }).click(),
    async testRun() {
      await editor.actForReal();
      await page.getByRole('banner').getByRole('button', { name: 'Test run' }).click();
    },
    async actForReal() {
      await page.addLocatorHandler(page.getByRole('dialog', { name: /would act outside$/ }), (dialog) => dialog
        .getByRole('button', { name: 'Run for real' })
        .click());
    },
    async publish() {
      await editor.expectSaved();
      await page.getByRole('button', { name: 'Publish', exact: true }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Publish', exact: true }).click();
      const live = page.getByRole('dialog', { name: /^Version \d+ is live$/ });
      await expect(live).toBeVisible();
      const address = live.getByRole('textbox', { name: 'Send requests to this address' });
      const url = (await address.count()) > 0 ? await address.inputValue() : '';
      await live.getByRole('button', { name: 'Done' }).click();
      return url;
    },
  };
  return editor;
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
