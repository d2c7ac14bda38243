import { uniqueStepId, type FlowDocument, type Step, type StepKind } from '@weft/flow';
import type { ConnectorDescriptor, Operation } from '@weft/connector-sdk';
import { freshTitle } from '../editor/commands/index.ts';
import { lowerFirst, newSource, recordName, sourceItems, startingConfig, type SourceItem } from './sources.ts';

/** One thing that can be added to a flow. Ids stay the same between visits, so that recent ones are found again. */
export type PaletteItem = LogicItem | OperationItem | StreamItem;

interface ItemBase {
  id: string;
  title: string;
  description: string;
  /** Further words that find it. */
  keywords: string[];
}

export interface LogicItem extends ItemBase {
  kind: LogicKind;
}

export interface OperationItem extends ItemBase {
  kind: 'trigger' | 'action';
  connector: ConnectorDescriptor;
  operation: Operation;
}

/** A loop over a stream: a “For each” that begins with its source. */
export interface StreamItem extends ItemBase, SourceItem {
  kind: 'stream';
  /** What the step is called. */
  stepTitle: string;
}

export type LogicKind = Exclude<StepKind, 'trigger' | 'action'>;

export const logicKinds: readonly LogicKind[] = ['transform', 'filter', 'branch', 'forEach', 'wait', 'approval', 'subflow', 'respond', 'stop'];

/** What the connectors bring along. Internal operations are not offered. */
export function operationItems(connectors: readonly ConnectorDescriptor[]): OperationItem[] {
  return connectors.flatMap((connector) =>
    connector.operations
      .filter(({ kind, visibility }) => kind !== 'source' && visibility !== 'internal')
      .map((operation) => ({
        id: `${connector.id}/${operation.id}`,
        kind: operation.kind === 'trigger' ? ('trigger' as const) : ('action' as const),
        title: operation.title,
        description: operation.description ?? connector.description ?? '',
        keywords: [connector.title, connector.id, ...connector.categories, ...(operation.stream?.role === 'sink' ? writes : [])],
        connector,
        operation,
      })),
  );
}

/** What takes whole batches inside a loop over a stream. */
const writes = ['write', 'save', 'append', 'rows', 'records', 'insert', 'batch', 'loop', 'stream'];

/** A loop for each source of the connectors. @param words - what the person's language calls it. */
export function streamItems(connectors: readonly ConnectorDescriptor[], words: { step: (what: string) => string; keywords: readonly string[] }): StreamItem[] {
  return sourceItems(connectors).map((source) => ({
    ...source,
    id: `stream/${source.connector.id}/${source.operation.id}`,
    kind: 'stream',
    title: source.operation.title,
    stepTitle: words.step(lowerFirst(source.operation.title)),
    description: source.operation.description ?? source.connector.description ?? '',
    keywords: [source.connector.title, source.connector.id, ...source.connector.categories, ...words.keywords],
  }));
}

/** Items whose title or words hold every word that was typed; those whose title begins so come first. */
export function searchItems<T extends PaletteItem>(items: readonly T[], text: string): T[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...items];
  const haystack = ({ title, description, keywords }: T) => [title, ...keywords, description].join(' ').toLowerCase();
  const rank = ({ title, keywords }: T) => {
    const [own, first] = [title.toLowerCase(), words[0] ?? ''];
    return own.startsWith(first) ? 0 : own.includes(first) ? 1 : keywords.join(' ').toLowerCase().includes(first) ? 2 : 3;
  };
  return items.filter((item) => words.every((word) => haystack(item).includes(word))).sort((a, b) => rank(a) - rank(b));
}

/** A new step of this kind and a free id for it. */
export function newStep(flow: FlowDocument, item: PaletteItem, titles: { item: string; case: string }): { id: string; step: Step } {
  const title = freshTitle(flow, item.kind === 'stream' ? item.stepTitle : item.title);
  if (item.kind === 'stream') {
    const as = uniqueStepId(flow, recordName(item.operation, titles.item));
    // One bad record must not end the work on all others.
    return { id: uniqueStepId(flow, 'each'), step: { kind: 'forEach', title, as, source: newSource(item), onItemError: 'collect' } };
  }
  if ('operation' in item) {
    const { connector, operation } = item;
    const use = { connector: connector.id, version: connector.version, operation: operation.id };
    const config = startingConfig(operation);
    return {
      id: uniqueStepId(flow, item.kind === 'trigger' ? 'trigger' : connector.id),
      step: { kind: item.kind, title, use, ...(config !== undefined && { config }) },
    };
  }
  const id = uniqueStepId(flow, { transform: 'map', filter: 'filter', branch: 'branch', forEach: 'each', wait: 'wait', approval: 'approval', subflow: 'call', respond: 'respond', stop: 'stop' }[item.kind]);
  return { id, step: logicStep(flow, item.kind, title, titles) };
}

function logicStep(flow: FlowDocument, kind: LogicKind, title: string, titles: { item: string; case: string }): Step {
  switch (kind) {
    case 'branch':
      return { kind, title, cases: [{ id: 'case1', title: titles.case }] };
    case 'forEach':
      return { kind, title, as: uniqueStepId(flow, titles.item) };
    case 'wait':
      return { kind, title, mode: 'duration' };
    case 'subflow':
      return { kind, title, flow: '' };
    case 'approval':
      return { kind, title, question: '', assignees: { users: [], roles: ['owner'] } };
    case 'transform':
    case 'filter':
    case 'respond':
    case 'stop':
      return { kind, title };
  }
}
