import type { Attack } from '../control.ts';

/** What people write and send, as it is read: expressions, patterns, queries, JSON, documents. */
export const programsAndData: readonly Attack[] = [
  {
    id: '1',
    tried: "A text like `{{this.constructor.constructor('return process')()}}` in a mapping, and its bracket forms",
    controls: [
      {
        holds: 'a path reads what a value has itself, and nothing that it inherits',
        file: 'packages/mapping/src/compile/compile-path.ts',
        off: 'return isContainer(value) && Object.hasOwn(value, segment) ? value[segment] : undefined;',
        instead: 'return isContainer(value) ? value[segment] : undefined;',
        tests: ['packages/mapping/src/compile-mapping.test.ts'],
      },
      {
        holds: 'only functions of the table are called',
        file: 'packages/mapping/src/functions/index.ts',
        off: 'return Object.hasOwn(functions, name) ? functions[name] : undefined;',
        instead: 'return functions[name];',
        tests: ['packages/mapping/src/functions/functions.test.ts', 'packages/mapping/src/compile-mapping.test.ts'],
      },
    ],
  },
  {
    id: '2',
    tried: '`__proto__` or `constructor` as a field, a key of JSON, the target of a mapping',
    controls: [
      {
        holds: 'JSON from outside has no key named `__proto__`',
        file: 'packages/json-schema/src/parse-json.ts',
        off: "if ((text.includes('__proto__') || text.includes('\\\\u')) && hasProtoKey(value)) {",
        instead: 'if (false) {',
        tests: ['packages/json-schema/src/parse-json.test.ts'],
      },
      {
        holds: 'nothing is mapped to `__proto__`, and no name is one',
        file: 'packages/json-schema/src/read/read.ts',
        off: "export const isDangerousName = (name: string): boolean => name === '__proto__';",
        instead: 'export const isDangerousName = (_name: string): boolean => false;',
        tests: ['packages/mapping/src/compile-mapping.test.ts', 'packages/mapping/src/preview-mapping.test.ts'],
      },
      {
        holds: 'a document has no key named `__proto__`',
        file: 'packages/json-schema/src/read/measure.ts',
        off: "if (key === '__proto__') refused =",
        instead: 'if (false) refused =',
        tests: ['packages/flow/src/parse/parse-flow.test.ts'],
      },
    ],
  },
  {
    id: '3',
    tried: 'Patterns that take for ever, in schemas too; texts that grow without end',
    controls: [
      {
        holds: 'a pattern looks through so much text and no more',
        file: 'packages/mapping/src/functions/pattern.ts',
        off: 'if (!run.mayWork(size * text.length)) {',
        instead: 'if (false) {',
        tests: ['packages/mapping/src/functions/functions.test.ts', 'packages/mapping/src/compile-mapping.test.ts'],
      },
      {
        holds: 'the pattern of a schema looks through so much text and no more',
        file: 'packages/json-schema/src/pattern.ts',
        off: 'return work > maxPatternWork || workOfValue > maxWorkOfValue;',
        instead: 'return false;',
        tests: ['packages/json-schema/src/expansion.test.ts', 'packages/json-schema/src/validator.test.ts'],
      },
    ],
  },
  {
    id: '4',
    tried: 'An expression of 1 MB, or 5,000 levels deep',
    controls: [
      {
        holds: 'a document has so many levels and no more',
        file: 'packages/json-schema/src/read/measure.ts',
        off: 'if (depth > limits.maxDepth) refused =',
        instead: 'if (false) refused =',
        tests: ['packages/flow/src/parse/parse-flow.test.ts'],
      },
      {
        holds: 'a document is so large and no larger',
        file: 'packages/json-schema/src/read/measure.ts',
        off: 'else if (bytes > limits.maxBytes) refused =',
        instead: 'else if (false) refused =',
        tests: ['packages/flow/src/parse/parse-flow.test.ts', 'apps/server/src/http/import-refused.test.ts'],
      },
    ],
  },
  {
    id: '5',
    tried: '`process.env`, or the secret of another step, in an expression',
    controls: [
      {
        holds: 'a path begins with what the step is given, and with nothing else',
        file: 'packages/mapping/src/compile/compile-path.ts',
        off: '(run) => (Object.hasOwn(run.scope, name) ? run.scope[name] : undefined)',
        instead: '(run) => run.scope[name]',
        tests: ['packages/mapping/src/compile-mapping.test.ts'],
      },
      {
        holds: 'what a service sends back of a token is masked before anybody sees it',
        file: 'apps/server/src/runtime/mask-secrets.ts',
        off: 'if (sought.length === 0) return value;',
        instead: 'return value;',
        tests: ['apps/server/src/runtime/mask-secrets.test.ts', 'apps/server/src/http/runs.test.ts'],
      },
    ],
  },
  {
    id: '6',
    tried: 'ATTACH, load_extension and values that are SQL, in a SQL step',
    controls: [
      {
        holds: 'a query on a file begins like one that reads',
        file: 'packages/connectors/src/sql/sqlite-query.ts',
        off: 'if (!beginsReading(sql) || ',
        instead: 'if (',
        tests: ['packages/connectors/src/sql/sql.test.ts', 'packages/connectors/src/sql/database.test.ts'],
      },
      {
        holds: 'a query on a file only reads, however it begins',
        file: 'packages/connectors/src/sql/sqlite-query.ts',
        off: 'if (!statement.reader || !statement.readonly) throw onlyReading();',
        instead: '',
        tests: ['packages/connectors/src/sql/sql.test.ts', 'packages/connectors/src/sql/database.test.ts'],
      },
    ],
  },
  {
    id: '13',
    tried: 'JSON that names a file of the server, as upload forms do',
    controls: [],
    none: 'Nothing reads a file that a value names: the bytes of a file value are in it. Tests send such JSON to webhooks and as a file.',
  },
  {
    id: '20',
    tried: 'JSON of 200,000 levels, schemas that hold themselves, references to files and addresses',
    controls: [
      {
        holds: 'JSON has so many levels and no more',
        file: 'packages/json-schema/src/parse-json.ts',
        off: 'if (depth > maxDepth) {',
        instead: 'if (false) {',
        tests: ['packages/json-schema/src/parse-json.test.ts', 'apps/server/src/http/app.test.ts'],
      },
      {
        holds: 'a reference is followed inside its own document only',
        file: 'packages/json-schema/src/dereference.ts',
        off: "if (!$ref.startsWith('#')) return undefined;",
        instead: "if (!$ref.startsWith('#')) $ref = `#${$ref.slice($ref.indexOf('#') + 1)}`;",
        tests: ['packages/json-schema/src/schema-at.test.ts', 'packages/json-schema/src/validator.test.ts'],
      },
    ],
  },
  {
    id: '22',
    tried: 'An import that sets its owner, its status, a path',
    controls: [
      {
        holds: 'keys that a reader does not name are dropped',
        file: 'packages/json-schema/src/read/read.ts',
        off: 'const result: Record<string, unknown> = {};\n    for (const [key, { read, absent }] of fields) {',
        instead: 'const result: Record<string, unknown> = { ...value };\n    for (const [key, { read, absent }] of fields) {',
        tests: ['packages/flow/src/parse/parse-flow.test.ts', 'apps/server/src/http/flows.test.ts'],
      },
    ],
  },
];
