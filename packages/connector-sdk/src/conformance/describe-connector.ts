import { describe, expect, test } from 'vitest';
import type { Connector } from '../runtime.ts';
import { connectorRules } from './connector-rules.ts';
import { describeFaults, type FaultCalls } from './describe-faults.ts';
import { operationRules } from './operation-rules.ts';
import type { TestContextOptions } from './test-context.ts';

export interface ConformanceOptions {
  /** The guarded egress that may call this machine; needed for `faults`. */
  egress?: TestContextOptions['egress'];
  /**
   * How each operation that speaks HTTP is called against a local server that fails in every way it can.
   * The answer is expected to be JSON. Give a connection where the operation can have one: its secrets must not leak.
   */
  faults?: FaultCalls;
}

/**
 * The contract that every connector meets, whatever its origin, as a vitest suite. What it checks is what the product
 * relies on: forms, mapping, validation, retries and the catalogue work from the descriptor alone.
 * @example describeConnector(connector, { egress, faults: { request: ({ origin }) => ({ input: { url: origin } }) } });
 */
export function describeConnector(connector: Connector, { egress, faults = {} }: ConformanceOptions = {}): void {
  const { descriptor, operations } = connector;

  describe(`the connector ${descriptor.id} keeps the contract`, () => {
    test.each(Object.entries(connectorRules))('%s', (_title, rule) => {
      expect(rule(connector)).toEqual([]);
    });

    describe.each(descriptor.operations.map((operation) => ({ id: operation.id, operation, runtime: operations[operation.id] ?? {} })))('$id', (subject) => {
      test.each(Object.entries(operationRules))('%s', (_title, rule) => {
        expect(rule(subject)).toEqual([]);
      });
    });

    describeFaults(connector, { faults, egress });
  });
}
