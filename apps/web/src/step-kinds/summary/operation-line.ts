import { summaryOf } from '@weft/connector-sdk';
import type { ActionStep, Catalogue, StreamSource, TriggerStep } from '@weft/flow';
import i18next from 'i18next';
import { constantsOf } from './constants-of.ts';

/** What a source reads, as its connector says it: "Rows of orders.csv". */
export function sourceLine({ use, config = {}, input }: StreamSource, catalogue: Catalogue): string {
  const operation = catalogue.operation(use);
  return operation ? summaryOf(operation, config, constantsOf(input)) || operation.title : unknown(use);
}

/** What the operation of a step does: "POST api.example.com/orders". A title that nobody wrote says it already; then whose it is. */
export function stepLine(step: TriggerStep | ActionStep, catalogue: Catalogue): string {
  const operation = catalogue.operation(step.use);
  if (!operation) return unknown(step.use);
  const input = step.kind === 'action' ? constantsOf(step.input) : {};
  const connector = catalogue.connector(step.use)?.title ?? '';
  return summaryOf(operation, step.config ?? {}, input) || (operation.title === step.title ? connector : operation.title);
}

const unknown = ({ connector }: StreamSource['use']): string => i18next.t('step-kinds:summary.unknown', { connector });
