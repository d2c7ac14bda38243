import { Toaster } from 'sonner';
import { useTheme } from './theme.ts';

export { toast as sonner } from 'sonner';

/** Where messages are drawn. At the middle of the lower edge: buttons stand at the right of it, lists begin at the left. */
export function Messages() {
  const theme = useTheme((state) => state.theme);
  return (
    <Toaster
      theme={theme}
      position="bottom-center"
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
