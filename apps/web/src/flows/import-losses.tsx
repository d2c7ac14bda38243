import type { ImportLoss } from '@weft/api';
import { useTranslation } from 'react-i18next';
import { Button, Dialog } from '../ui/index.ts';
import './words.ts';

/** After an import: what of the document did not come along, and what to do about it. */
export function ImportLosses({ dropped, onClose }: { dropped: readonly ImportLoss[]; onClose: () => void }) {
  const { t } = useTranslation('flows');
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('losses.title')}
      description={t('losses.text')}
      footer={
        <Button variant="primary" onClick={onClose}>
          {t('losses.open')}
        </Button>
      }
    >
      <ul className="overflow-hidden rounded-md border border-line">
        {dropped.map(({ what, step = '', stepId, path = [] }, at) => (
          // Two of one kind may be of one step.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={at} className="border-line px-3 py-2 text-sm not-first:border-t">
            {t(`losses.${stepId === undefined ? 'unknownOfFlow' : what}`, { step: step.trim() === '' ? stepId : step, key: path.join(' › ') })}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
