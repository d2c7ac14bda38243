import { summaryOf } from '@weft/connector-sdk';
import { isObject, type Json, type JsonObject } from '@weft/json-schema';
import type { Catalogue, FlowDocument, Step, StreamSource } from '@weft/flow';
import type { MappingDocument, Rule } from '@weft/mapping';
import i18next from 'i18next';
import { lengthText } from '../ui/index.ts';
import { expressionText } from './expression-text.ts';

/** What a step does, in one line: "POST api.example.com/orders", "12 fields", "total > 100". */
export function summaryLine(step: Step, catalogue: Catalogue, steps: FlowDocument['steps']): string {
  const titleOf = (name: string) => steps[name]?.title ?? name;
  switch (step.kind) {
    case 'trigger':
    case 'action': {
      const operation = catalogue.operation(step.use);
      if (!operation) return i18next.t('canvas:summary.unknown', { connector: step.use.connector });
      const input = step.kind === 'action' ? constantsOf(step.input) : {};
      const connector = catalogue.connector(step.use)?.title ?? '';
      return summaryOf(operation, step.config ?? {}, input) || (operation.title === step.title ? connector : operation.title);
    }
    case 'transform':
      return fields(step.input);
    case 'filter':
      return expressionText(step.condition, titleOf) || i18next.t('canvas:summary.noCondition');
    case 'branch':
      return i18next.t('canvas:summary.cases', { count: step.cases.length });
    case 'forEach': {
      if (step.source) return sourceLine(step.source, catalogue);
      const items = expressionText(step.items, titleOf);
      return items === '' ? i18next.t('canvas:summary.noItems') : i18next.t('canvas:summary.loop', { as: step.as, items });
    }
    case 'respond': {
      const { status } = constantsOf(step.input);
      return [typeof status === 'number' ? String(status) : '', fields(step.input)].filter(Boolean).join(' · ');
    }
    case 'wait':
      return waitLine(step, titleOf);
    case 'approval':
      return step.question.trim() || i18next.t('canvas:summary.noQuestion');
    case 'subflow':
      return step.flow === '' ? i18next.t('canvas:summary.noFlow') : (catalogue.flow?.(step.flow)?.title ?? i18next.t('canvas:summary.otherFlow'));
    case 'stop':
      return step.message ?? i18next.t(`canvas:summary.stop.${step.outcome ?? 'succeeded'}`);
  }
}

/** "Rows of orders.csv". */
function sourceLine({ use, config, input }: StreamSource, catalogue: Catalogue): string {
  const operation = catalogue.operation(use);
  return operation ? summaryOf(operation, config ?? {}, constantsOf(input)) || operation.title : i18next.t('canvas:summary.unknown', { connector: use.connector });
}

function waitLine({ mode, durationMs, date, key }: Extract<Step, { kind: 'wait' }>, titleOf: (name: string) => string): string {
  if (mode === 'duration') return durationMs === undefined ? i18next.t('canvas:summary.noDuration') : i18next.t('canvas:summary.waitFor', { time: lengthText(durationMs) });
  const text = expressionText(mode === 'date' ? date : key, titleOf);
  if (mode === 'date') return text === '' ? i18next.t('canvas:summary.noDate') : i18next.t('canvas:summary.waitUntil', { date: text });
  return text === '' ? i18next.t('canvas:summary.noKey') : i18next.t('canvas:summary.waitSignal', { key: text });
}

function fields(mapping: MappingDocument | undefined): string {
  return i18next.t('canvas:summary.fields', { count: mapping?.rules.length ?? 0 });
}

/** What a mapping sets to fixed values, as the object it would make of them alone. */
function constantsOf(mapping: MappingDocument | undefined): JsonObject {
  const target: JsonObject = {};
  for (const rule of mapping?.rules ?? []) setConstant(target, rule);
  return target;
}

function setConstant(target: JsonObject, { to, value }: Rule): void {
  const last = to.at(-1);
  if (value === undefined || !('const' in value) || last === undefined || to.some((key) => key in Object.prototype)) return;
  let at = target;
  for (const key of to.slice(0, -1)) {
    const next: Json = Object.hasOwn(at, key) ? (at[key] ?? {}) : {};
    if (!isObject(next)) return;
    at[key] = next;
    at = next;
  }
  at[last] = value.const;
}
