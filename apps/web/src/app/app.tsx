import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { queryClient } from '../api/index.ts';
import { Questions, Toaster, TooltipProvider } from '../ui/index.ts';
import { router } from './router.tsx';

export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <TooltipProvider delay={350} closeDelay={0}>
        <RouterProvider router={router} />
        <Questions />
        <Toaster />
      </TooltipProvider>
    </QueryClientProvider>
  );
}
