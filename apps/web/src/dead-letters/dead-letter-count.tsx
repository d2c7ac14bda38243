import { useTranslation } from 'react-i18next';
import { useDeadLetterCauses, type LetterOwner } from '../api/index.ts';
import { Badge } from '../ui/index.ts';

/** How many wait for a person; nothing where none do. */
export function DeadLetterCount({ owner }: { owner: LetterOwner }) {
  const { i18n } = useTranslation();
  const total = useDeadLetterCauses(owner, 'open').data?.total ?? 0;
  return total === 0 ? null : <Badge tone="danger">{new Intl.NumberFormat(i18n.language).format(total)}</Badge>;
}
