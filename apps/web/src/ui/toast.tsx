import { Toaster as Sonner } from 'sonner';
import { useTheme } from './theme.ts';

/** `toast.success('Saved.')`, `toast.error('…', { action: { label, onClick } })`: for what is over and needs no answer. */
export { toast } from 'sonner';

export function Toaster() {
  const theme = useTheme((state) => state.theme);
  return (
    <Sonner
      theme={theme}
      position="bottom-right"
      duration={4000}
      gap={8}
      offset={16}
      toastOptions={{
        classNames: {
          title: 'font-normal!',
          toast: 'rounded-lg! border-line! bg-raised! text-fg! shadow-pop! font-sans! text-sm! py-3! px-4!',
          description: 'text-muted!',
          success: '[&_[data-icon]]:text-ok!',
          error: '[&_[data-icon]]:text-danger!',
          actionButton: 'bg-accent! text-on-accent!',
        },
      }}
    />
  );
}
