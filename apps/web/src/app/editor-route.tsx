import { useParams, useSearch } from '@tanstack/react-router';
import { EditorPage } from '../editor/editor-page.tsx';

/** The editor of one flow; another flow is another editor. */
export function EditorRoute() {
  const { flow } = useParams({ from: '/framed/w/$workspace/flows/$flow' });
  const { run } = useSearch({ from: '/framed/w/$workspace/flows/$flow' });
  return <EditorPage key={flow} flowId={flow} run={run} />;
}
