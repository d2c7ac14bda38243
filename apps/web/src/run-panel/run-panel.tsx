import { LoadingRegion } from '../ui/index.ts';

export function RunPanel() {
  return <LoadingRegion />;
}
