import type { ConnectorDescriptor, Operation } from '@weft/connector-sdk';
import { uniqueStepId, type FlowDocument, type Step } from '@weft/flow';
import i18next, { type TFunction } from 'i18next';
import { freshTitle } from '../editor/commands/index.ts';
import { isOffered, lowerFirst, newSource, primaryFirst, recordName, sourceItems, type SourceItem } from '../step-kinds/sources.ts';
import { startingConfig } from '../step-kinds/starting-config.ts';
import type { StepKindView } from '../step-kinds/step-kind-view.ts';
import { stepKindViews } from '../step-kinds/step-kinds.ts';

/** One thing that can be added to a flow. Ids stay the same between visits, so that recent ones are found again. */
export type PaletteItem = LogicItem | OperationItem | StreamItem;

interface ItemBase {
  id: string;
  title: string;
  description: string;
  /** Further words that find it. */
  keywords: string[];
}

/** A kind of step that needs no connector. */
export interface LogicItem extends ItemBase, Required<Pick<StepKindView, 'Icon' | 'create'>> {
  kind: 'logic';
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

/** The kinds that the palette offers by themselves, with their words by `t`. */
export function logicItems(t: TFunction<'step-kinds'>): LogicItem[] {
  return stepKindViews().flatMap(([name, { Icon, create }]) => {
    if (!Icon || !create) return [];
    const word = (key: 'title' | 'description' | 'keywords') => t(`${name}.palette.${key}`);
    return [{
      id: `logic/${name}`,
      kind: 'logic' as const,
      title: word('title'),
      description: word('description'),
      keywords: word('keywords').split(' '),
      Icon,
      create,
    }];
  });
}

/** What the connectors bring along, advanced operations after primary ones. Internal ones are not offered. */
export function operationItems(connectors: readonly ConnectorDescriptor[]): OperationItem[] {
  return connectors.flatMap((connector) =>
    connector.operations
      .filter(({ kind }) => kind !== 'source')
      .map((operation) => ({
        id: `${connector.id}/${operation.id}`,
        kind: operation.kind === 'trigger' ? ('trigger' as const) : ('action' as const),
        title: operation.title,
        description: operation.description ?? connector.description ?? '',
        keywords: [...(operation.keywords ?? []), connector.title, connector.id, ...connector.categories, ...(operation.stream?.role === 'sink' ? writes : [])],
        connector,
        operation,
      })),
  ).filter(isOffered).toSorted(primaryFirst);
}

/** What takes whole batches inside a loop over a stream. */
const writes = ['write', 'save', 'append', 'rows', 'records', 'insert', 'batch', 'loop', 'stream'];

/** A loop for each source of the connectors, with its words by `t`. */
export function streamItems(connectors: readonly ConnectorDescriptor[], t: TFunction<'step-kinds'>): StreamItem[] {
  const words = t('forEach.through.keywords').split(' ');
  return sourceItems(connectors).map((source) => ({
    ...source,
    id: `stream/${source.connector.id}/${source.operation.id}`,
    kind: 'stream',
    title: source.operation.title,
    stepTitle: t('forEach.through.title', { what: lowerFirst(source.operation.title) }),
    description: source.operation.description ?? source.connector.description ?? '',
    keywords: [...(source.operation.keywords ?? []), source.connector.title, source.connector.id, ...source.connector.categories, ...words],
  }));
}

/** Everything that can be added. */
export const paletteItems = (connectors: readonly ConnectorDescriptor[], t: TFunction<'step-kinds'>): PaletteItem[] => [
  ...logicItems(t),
  ...streamItems(connectors, t),
  ...operationItems(connectors),
];

/** Items that every word that was typed finds; the best of the first word come first. A short word finds only beginnings: "if" is no part of "notify". */
export function searchItems<T extends PaletteItem>(items: readonly T[], text: string): T[] {
  const words = text.toLowerCase().split(/[\s-]+/).filter(Boolean);
  const [first] = words;
  if (first === undefined) return [...items];
  return items
    .flatMap((item) => {
      const ranks = words.map((word) => rankOf(item, word));
      return ranks.every((rank) => rank !== undefined) ? [{ item, rank: ranks[0] ?? 0 }] : [];
    })
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}

/** How well an item is found by a word, 0 best; undefined where it is not. The plural of what it says finds it, too. */
function rankOf(item: PaletteItem, word: string): number | undefined {
  const found = rankOfWord(item, word);
  return found === undefined && word.length > 3 && word.endsWith('s') ? rankOfWord(item, word.slice(0, -1)) : found;
}

function rankOfWord({ title, description, keywords }: PaletteItem, word: string): number | undefined {
  const own = title.toLowerCase();
  const others = keywords.map((keyword) => keyword.toLowerCase());
  const begins = (text: string): boolean => text.split(/[\s\-–:/.,()]+/).some((part) => part.startsWith(word));
  const ways = [
    own.startsWith(word) || own.replaceAll(/[\s-]+/g, '').startsWith(word),
    begins(own),
    others.includes(word),
    word.length > 2 && own.includes(word),
    others.some(begins),
    begins(description.toLowerCase()),
    word.length > 2 && [description.toLowerCase(), ...others].some((one) => one.includes(word)),
  ];
  const at = ways.indexOf(true);
  return at < 0 ? undefined : at;
}

/** What reaches a service that has no step of its own. */
export const generalItems = (items: readonly PaletteItem[]): PaletteItem[] =>
  items.filter((item) => 'operation' in item && item.kind !== 'stream' && item.operation.general === true);

/** Where a webhook is called, after the flow's title, as far as that makes a path. */
function suggestedPath({ title }: FlowDocument, { trigger, config }: Operation): { path?: string } {
  const field = config?.properties?.['path'];
  if (trigger?.strategy !== 'webhook' || typeof field !== 'object' || field.default !== undefined) return {};
  const path = title.normalize('NFKD').toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, '').slice(0, 60);
  return path !== '' && new RegExp(field.pattern ?? '').test(path) ? { path } : {};
}

/** A new step of this kind and a free id for it. */
export function newStep(flow: FlowDocument, item: PaletteItem): { id: string; step: Step } {
  const title = freshTitle(flow, item.kind === 'stream' ? item.stepTitle : item.title);
  if (item.kind === 'stream') {
    const as = uniqueStepId(flow, recordName(item.operation, i18next.t('step-kinds:forEach.item')));
    // One bad record must not end the work on all others.
    return { id: uniqueStepId(flow, 'each'), step: { kind: 'forEach', title, as, source: newSource(item), onItemError: 'collect' } };
  }
  if (item.kind === 'logic') return { id: uniqueStepId(flow, item.create.id), step: item.create.step(flow, title) };
  const { connector, operation } = item;
  const use = { connector: connector.id, version: connector.version, operation: operation.id };
  const config = { ...startingConfig(operation), ...suggestedPath(flow, operation) };
  return {
    id: uniqueStepId(flow, item.kind === 'trigger' ? 'trigger' : connector.id),
    step: { kind: item.kind, title, use, ...(Object.keys(config).length > 0 && { config }) },
  };
}
