import { useQueries } from '@tanstack/react-query';
import type { DynamicContract, Operation } from '@weft/connector-sdk';
import type { OperationRef, Step } from '@weft/flow';
import { defined, valueAt, type Json, type JsonObject, type JsonSchema } from '@weft/json-schema';
import type { LiveOptions } from '@weft/schema-form';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { call, messageOf, useAgain, useWorkspaceId } from '../api/index.ts';
import { updateStep } from '../editor/commands/index.ts';
import { dispatch, useEditor } from '../editor/state/index.ts';
import { usedOperation, usingOperation } from './use-step.ts';
import './words.ts';

interface DynamicStep {
  use: OperationRef;
  config?: JsonObject;
  connection?: string;
}

interface ReadLive {
  /** What could not be read, with the reason. */
  failures: { message: string; retry(): void }[];
  /** Fields that the other side has and the step does not know. */
  news?: { names: string[]; take(): void };
}

/** What must be filled before it can be read, in words of the form; undefined when nothing is missing. */
function missingFor(contract: DynamicContract, step: DynamicStep, operation: Operation): string | undefined {
  return contract.dependsOn.find((field) => {
    if (field === 'connection') return step.connection === undefined && operation.connection === 'required';
    const [part, ...path] = field.split('.');
    if (part !== 'config' || valueAt(step.config ?? {}, path) !== undefined) return false;
    const name = path[0] ?? '';
    return operation.config?.required?.includes(name) === true && operation.config.properties?.[name]?.default === undefined;
  });
}

/** Only what it depends on: other settings must not read it again. */
function dependencies(contract: DynamicContract, step: DynamicStep): unknown[] {
  return [
    step.connection ?? null,
    ...contract.dependsOn.filter((field) => field.startsWith('config.')).map((field) => valueAt(step.config ?? {}, field.split('.').slice(1)) ?? null),
  ];
}

/** @param again - also where the server has died of it too often. */
const questionOf = ({ use, config = {}, connection }: DynamicStep, { source }: DynamicContract, again: boolean) =>
  defined({ use, source, config, connection, again: again || undefined });

const titleOf = (field: string, operation: Operation, connection: string): string =>
  field === 'connection' ? connection : (operation.config?.properties?.[field.split('.')[1] ?? '']?.title ?? field);

/** Choices of form fields, read from the other side; read again when what they depend on changes. */
export function useLiveOptions(step: DynamicStep, operation: Operation, part: 'config' | 'input'): (path: string[]) => LiveOptions | undefined {
  const { t } = useTranslation('inspector');
  const workspace = useWorkspaceId();
  const again = useAgain();
  const contracts = useMemo(
    () => Object.entries(operation.dynamic ?? {}).filter(([key, contract]) => contract.kind === 'options' && key.startsWith(`${part}.`)),
    [operation, part],
  );
  const answers = useQueries({
    queries: contracts.map(([key, contract]) => ({
      queryKey: ['w', workspace, 'options', step.use, contract.source, key, ...dependencies(contract, step)],
      enabled: missingFor(contract, step, operation) === undefined,
      staleTime: 60_000,
      retry: false,
      queryFn: () =>
        call('POST /w/:workspace/options', {
          params: { workspace },
          body: questionOf(step, contract, again.taken(key)),
        }),
    })),
  });
  return useCallback(
    (path: string[]) => {
      const at = contracts.findIndex(([key]) => key === `${part}.${path.join('.')}`);
      const contract = contracts[at]?.[1];
      const answer = answers[at];
      if (!contract || !answer) return undefined;
      const missing = missingFor(contract, step, operation);
      if (missing !== undefined) return { status: 'waiting', items: [], message: t('chooseFirst', { field: titleOf(missing, operation, t('connection')) }) };
      const retry = (): void => again.wanted(contracts[at]?.[0] ?? '', answer.refetch);
      if (answer.isError) return { status: 'failed', items: [], message: messageOf(answer.error), retry };
      return answer.data ? { status: 'ready', items: answer.data, retry } : { status: 'loading', items: [] };
    },
    [contracts, answers, again, part, step, operation, t],
  );
}

/**
 * Parts of the operation's schema that are read live (columns, headers): what was read becomes the step's own description. Of a setting that is
 * read live the default becomes its value. That a step is opened changes nothing: fields that it does not know are offered.
 */
export function useDynamicSchemas(stepId: string, step: DynamicStep, operation: Operation): ReadLive {
  const { t } = useTranslation('inspector');
  const workspace = useWorkspaceId();
  const readOnly = useEditor((state) => state.readOnly);
  const again = useAgain();
  const contracts = useMemo(() => Object.entries(operation.dynamic ?? {}).filter(([, contract]) => contract.kind === 'schema'), [operation]);
  const answers = useQueries({
    queries: contracts.map(([key, contract]) => ({
      queryKey: ['w', workspace, 'schema', step.use, contract.source, key, ...dependencies(contract, step)],
      enabled: !readOnly && missingFor(contract, step, operation) === undefined,
      staleTime: 30_000,
      retry: false,
      queryFn: () =>
        call('POST /w/:workspace/schema', {
          params: { workspace },
          body: questionOf(step, contract, again.taken(key)),
        }),
    })),
  });
  const read = contracts.map(([key], index) => ({ key, schema: answers[index]?.data, error: answers[index]?.error, ask: answers[index]?.refetch }));
  // Opening a step changes nothing: what it knows is read anew only after a change of what it depends on.
  const depends = dependenciesOf(contracts, step);
  const opened = useRef({ depends, isChanged: false });
  const failed = read.flatMap(({ key, error, ask }) => (error && ask ? [{ key, ask, message: messageOf(error) }] : []));
  // Parts that are read from one place fail for one reason.
  const reasons = [...new Set(failed.map(({ message }) => message))];
  const found = JSON.stringify(read.map(({ key, schema }) => [key, schema ?? null]));
  const known = useEditor(({ document }) => document.steps[stepId]);
  // What was written as JSON above, so that the same answer is no news.
  const { unknown, names } = newsOf(JSON.parse(found) as Found[], known);
  useEffect(() => {
    // Changed and changed back is changed: what was read meanwhile is not what holds now.
    opened.current.isChanged ||= depends !== opened.current.depends;
    if (opened.current.isChanged) takeOver(stepId, JSON.parse(found) as Found[], t('undo.fieldsRead'));
    else if (isChangedSinceLoaded(stepId, contracts, depends)) {
      takeOver(stepId, newsOf(JSON.parse(found) as Found[], stepNow(stepId)).unknown, t('undo.fieldsRead'));
    }
  }, [found, stepId, t, depends, contracts]);
  return {
    failures: reasons.map((message) => ({ message, retry: () => failed.forEach((part) => part.message === message && again.wanted(part.key, part.ask)) })),
    ...(names.length > 0 && !readOnly && { news: { names, take: () => takeOver(stepId, unknown, t('undo.fieldsRead')) } }),
  };
}

/** What was read live, by the part it is for; null while it is not known. */
type Found = [key: string, schema: JsonSchema | null];

const dependenciesOf = (contracts: readonly [string, DynamicContract][], step: DynamicStep): string =>
  JSON.stringify(contracts.map(([, contract]) => dependencies(contract, step)));

/** Whether the step was added, or what is read for it depends on other settings, since the flow was opened. */
function isChangedSinceLoaded(stepId: string, contracts: readonly [string, DynamicContract][], depends: string): boolean {
  const { document, history } = useEditor.getState();
  const before = (history.past[0]?.before ?? document).steps[stepId];
  const used = before && usedOperation(before);
  return !used || dependenciesOf(contracts, used) !== depends;
}

/** What was read and the step does not say yet: parts, and names of fields in them. */
function newsOf(found: readonly Found[], step: Step | undefined): { unknown: Found[]; names: string[] } {
  const news = found.flatMap(([key, schema]): { part: Found; names: string[] }[] => {
    if (!schema) return [];
    if (key.startsWith('config.')) {
      const name = key.slice('config.'.length);
      return schema.default !== undefined && configOf(step)[name] === undefined ? [{ part: [key, schema], names: [] }] : [];
    }
    if ((key !== 'input' && key !== 'output') || !describesFields(schema)) return [];
    const known = schemaKnown(step, key);
    const names = fieldNames(schema).filter((name) => !fieldNames(known ?? {}).includes(name));
    return known === undefined || names.length > 0 ? [{ part: [key, schema], names }] : [];
  });
  return { unknown: news.map(({ part }) => part), names: news.flatMap(({ names }) => names) };
}

/** Of all levels, as the person knows them. */
function fieldNames(schema: JsonSchema): string[] {
  const items = typeof schema.items === 'object' ? fieldNames(schema.items) : [];
  return [...items, ...Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => (inner.properties ? fieldNames(inner) : [inner.title ?? name]))];
}

/** Puts what was read into the step. */
function takeOver(stepId: string, found: readonly Found[], label: string): void {
  for (const [key, schema] of found) {
    if (!schema) continue;
    if (key.startsWith('config.')) {
      if (schema.default !== undefined) keepFound(stepId, key.slice('config.'.length), schema.default, label);
    } else if ((key === 'input' || key === 'output') && describesFields(schema)) learn(stepId, key, schema, label);
  }
}

/** A table that does not exist yet has no columns: that must not take away what a person described. */
function describesFields(schema: JsonSchema): boolean {
  const walk = (inner: JsonSchema): boolean => {
    const fields = Object.values(inner.properties ?? {});
    const items = typeof inner.items === 'object' ? [inner.items] : [];
    return inner['x-open'] === true
      ? fields.length > 0 || items.some((item) => Object.keys(item.properties ?? {}).length > 0)
      : [...fields, ...items].some(walk);
  };
  return walk(schema) || !JSON.stringify(schema).includes('"x-open"');
}

const stepNow = (stepId: string): Step | undefined => useEditor.getState().document.steps[stepId];

/** What a source gives is one record of its loop. */
function schemaKnown(step: Step | undefined, part: 'input' | 'output'): JsonSchema | undefined {
  return part === 'output' && step?.kind === 'forEach' ? step.source?.record : step?.schemas?.[part];
}

const configOf = (step: Step | undefined): JsonObject => (step && usedOperation(step)?.config) ?? {};

/** Puts what was found into the step's settings, where it differs from what stands there. */
function keepFound(stepId: string, name: string, value: Json, label: string): void {
  if (JSON.stringify(configOf(stepNow(stepId))[name]) === JSON.stringify(value)) return;
  const found = (step: Step): Step => {
    const used = usedOperation(step);
    return used ? usingOperation(step, { ...used, config: { ...used.config, [name]: value } }) : step;
  };
  dispatch(updateStep(stepId, found, { label }));
}

/** Puts a schema that was read into the step, where it differs from what the step knows. */
function learn(stepId: string, part: 'input' | 'output', schema: JsonSchema, label: string): void {
  if (JSON.stringify(schemaKnown(stepNow(stepId), part)) === JSON.stringify(schema)) return;
  dispatch(
    updateStep(
      stepId,
      (step) => (part === 'output' && step.kind === 'forEach' && step.source
        ? { ...step, source: { ...step.source, record: schema } }
        : { ...step, schemas: { ...step.schemas, [part]: schema } }),
      { label },
    ),
  );
}
