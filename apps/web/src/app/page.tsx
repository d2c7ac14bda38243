import { useEffect, type ReactNode } from 'react';
import { PageHeader, type PageHeaderProps } from '../ui/index.ts';

export interface PageProps extends PageHeaderProps {
  children: ReactNode;
}

/** A page of the frame: its title in the window's title, its header, and one scrolling column. */
export function Page({ title, text, actions, children }: PageProps) {
  usePageTitle(title);
  return (
    <main className="min-h-0 flex-1 overflow-y-auto bg-surface" tabIndex={-1}>
      <div className="mx-auto flex w-full max-w-310 flex-col gap-5 px-8 py-6 max-md:px-4">
        <PageHeader title={title} text={text} actions={actions} />
        {children}
      </div>
    </main>
  );
}

export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = title === '' ? 'Weft' : `${title} · Weft`;
  }, [title]);
}
