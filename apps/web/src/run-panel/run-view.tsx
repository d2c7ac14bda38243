import type { RunDetail } from '@weft/server/contract';
import { LoadingRegion } from '../ui/index.ts';

export interface RunViewProps {
  run: RunDetail;
}

export function RunView(_: RunViewProps) {
  return <LoadingRegion />;
}
