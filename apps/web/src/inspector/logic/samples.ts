import type { Sample, Step } from '@weft/flow';
import { defined, inferSchema } from '@weft/json-schema';

/** Samples beyond this are left out, the oldest first: they travel with the flow. */
const most = 20;

/** Adds a sample; where the operation does not declare its output, its schema is learned from all samples anew. */
export function addSample(step: Step, sample: Sample, learn: boolean): Step {
  const samples = [...(step.samples ?? []), sample].slice(-most);
  return learned({ ...step, samples }, learn);
}

export function removeSample(step: Step, index: number, learn: boolean): Step {
  const samples = (step.samples ?? []).filter((_, at) => at !== index);
  const { pinned, samples: _old, ...rest } = step;
  const kept = pinned === undefined || pinned === index ? undefined : pinned > index ? pinned - 1 : pinned;
  return learned(defined({ ...rest, ...(samples.length > 0 && { samples }), pinned: kept }), learn);
}

/** A test's output takes the place of the last test's, so tries do not pile up. */
export function keepTestOutput(step: Step, sample: Sample, learn: boolean): Step {
  const at = step.samples?.findIndex(({ title }) => title === sample.title) ?? -1;
  if (at < 0) return addSample(step, sample, learn);
  const samples = (step.samples ?? []).map((old, index) => (index === at ? sample : old));
  return learned({ ...step, samples }, learn);
}

function learned(step: Step, learn: boolean): Step {
  if (!learn) return step;
  const outputs = (step.samples ?? []).map(({ output }) => output);
  const { output: _old, ...schemas } = step.schemas ?? {};
  const next = outputs.length > 0 ? { ...schemas, output: inferSchema(outputs) } : schemas;
  const { schemas: _schemas, ...rest } = step;
  return Object.keys(next).length === 0 ? rest : { ...rest, schemas: next };
}
