import { ArrowRight } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Badge, Button, Checkbox, Dialog, EmptyState } from '../ui/index.ts';
import { placeText } from './mapper-model.ts';
import { useMapperContext } from './mapper-context.ts';
import { applyProposals, type Proposal } from './rules/equal-names.ts';
import './words.ts';

interface ProposalsDialogProps {
  proposals: readonly Proposal[];
  onClose: () => void;
}

/** Fields with equal names, to be ticked and taken over together. Nothing happens unasked. */
export function ProposalsDialog({ proposals, onClose }: ProposalsDialogProps) {
  const { t } = useTranslation('mapper');
  const { edit, model } = useMapperContext();
  const [off, setOff] = useState<ReadonlySet<string>>(new Set(proposals.filter(({ fit }) => fit === 'maybe').map(({ key }) => key)));
  const chosen = proposals.filter(({ key }) => !off.has(key));
  const flip = (key: string): void => {
    const next = new Set(off);
    if (!next.delete(key)) next.add(key);
    setOff(next);
  };
  const all = chosen.length === proposals.length;
  return (
    <Dialog
      open
      onClose={onClose}
      size="lg"
      title={t('equalNames')}
      description={t('equalNamesText')}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button
            variant="primary"
            disabled={chosen.length === 0}
            onClick={() => {
              edit(t('undo.equalNames', { count: chosen.length }), (document) => applyProposals(document, chosen, model.names));
              onClose();
            }}
          >
            {t('mapThese', { count: chosen.length })}
          </Button>
        </>
      }
    >
      {proposals.length === 0 ? (
        <EmptyState title={t('noEqualNames')} text={t('noEqualNamesText')} />
      ) : (
        <ul className="flex flex-col">
          <li className="border-b border-line py-2">
            <Checkbox
              label={t('all')}
              checked={all}
              indeterminate={!all && chosen.length > 0}
              onChange={() => setOff(all ? new Set(proposals.map(({ key }) => key)) : new Set())}
            />
          </li>
          {proposals.map((proposal) => (
            <li key={proposal.key} className="flex items-center gap-3 border-b border-line py-2">
              <Checkbox
                className="min-w-0 flex-1"
                checked={!off.has(proposal.key)}
                onChange={() => flip(proposal.key)}
                label={
                  <span className="grid grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)] items-center gap-2">
                    <span className="one-line text-muted">{placeText(proposal.source.place.slice(1))}</span>
                    <ArrowRight aria-hidden="true" className="size-3.5 text-subtle" />
                    <span className="one-line font-medium">{placeText(proposal.target.place)}</span>
                  </span>
                }
              />
              {proposal.fit === 'maybe' && <Badge tone="warn">{t('typeMayDiffer')}</Badge>}
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}
