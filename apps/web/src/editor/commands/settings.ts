import type { Fix, FlowDocument, FlowSettings } from '@weft/flow';
import { i18n } from '../../locales/i18n.ts';
import { sentenceOf } from '../../locales/sentence-of.ts';
import type { Command } from '../state/command.ts';

export function retitleFlow(title: string): Command {
  return {
    label: i18n.t('editor:did.renameFlow'),
    merge: 'flow:title',
    apply: (flow) => (flow.title === title ? flow : { ...flow, title }),
  };
}

export function setSettings(patch: Partial<FlowSettings>): Command {
  return { label: i18n.t('editor:did.settings'), apply: (flow) => ({ ...flow, settings: { ...flow.settings, ...patch } }) };
}

export function describeFlow(description: string): Command {
  return { label: i18n.t('editor:did.describeFlow'), merge: 'flow:description', apply: (flow) => ({ ...flow, description }) };
}

/** The whole flow by another one, such as an older version; undo brings the former back. */
export function replaceFlow(document: FlowDocument, label: string): Command {
  return { label, apply: () => document };
}

/** A problem's one-click fix, as a command. */
export function applyFix(fix: Fix): Command {
  return { label: sentenceOf(fix), apply: (flow) => fix.apply(flow) };
}
