import type { ReactNode } from 'react';
import { usePageTitle } from '../app/page.tsx';

export interface AccountFrameProps {
  title: string;
  text: ReactNode;
  children: ReactNode;
}

/** One calm column in the middle: for pages before anybody is signed in. */
export function AccountFrame({ title, text, children }: AccountFrameProps) {
  usePageTitle(title);
  return (
    <main className="flex min-h-full flex-col items-center bg-page px-4 pt-[12vh] pb-12">
      <div className="flex w-full max-w-96 flex-col gap-6">
        <img src="/favicon.svg" alt="Weft" width={36} height={36} />
        <div>
          <h1 className="text-xl font-semibold tracking-[-0.01em]">{title}</h1>
          <p className="mt-1 text-sm text-muted">{text}</p>
        </div>
        {children}
      </div>
    </main>
  );
}
