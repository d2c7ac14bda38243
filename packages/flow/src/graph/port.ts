import type { SentenceRef } from '@weft/sentences';
import { say } from '../sentences.en.ts';

/** A way out of a step. */
export interface Port {
  id: string;
  title: string;
  /** What the title is made from; absent where a person wrote it. */
  sentence?: SentenceRef;
}

function port(id: 'next' | 'timeout' | 'approved' | 'rejected' | 'else' | 'error'): Required<Port> {
  const { message, sentence } = say(`flow.port.${id}`);
  return { id, title: message, sentence };
}

/** The ways out that do not get their name from a person. */
export const ports = {
  next: port('next'),
  timeout: port('timeout'),
  approved: port('approved'),
  rejected: port('rejected'),
  otherwise: port('else'),
  error: port('error'),
} as const;
