import { Component, Suspense, type ReactNode } from 'react';
import { messageOf } from '../api/index.ts';
import { ErrorState, LoadingRegion } from '../ui/index.ts';

interface PanelBoundaryProps {
  children: ReactNode;
}

interface PanelBoundaryState {
  error: unknown;
}

/** A panel that loads, or that fails, without taking the canvas and the edits with it. */
export class PanelBoundary extends Component<PanelBoundaryProps, PanelBoundaryState> {
  override state: PanelBoundaryState = { error: undefined };

  static getDerivedStateFromError(error: unknown): PanelBoundaryState {
    return { error };
  }

  override render(): ReactNode {
    if (this.state.error !== undefined) return <ErrorState text={messageOf(this.state.error)} retry={() => this.setState({ error: undefined })} />;
    return <Suspense fallback={<LoadingRegion />}>{this.props.children}</Suspense>;
  }
}
