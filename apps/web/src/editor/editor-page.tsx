import { LoadingRegion } from '../ui/index.ts';

export interface EditorPageProps {
  flowId: string;
}

export function EditorPage(_: EditorPageProps) {
  return <LoadingRegion />;
}
