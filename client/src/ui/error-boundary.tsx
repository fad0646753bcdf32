import { Component, type ErrorInfo, type ReactNode } from 'react';
import { ChunkError, MESSAGES } from '../lib/describe-error.ts';
import { copyText } from './copy-button.tsx';
import styles from './error-boundary.module.css';

interface ErrorBoundaryProps {
  /** A new value clears the error: the user has left the page that failed. */
  at: string;
  /** Whether the server responds. A chunk missing while online means that Shopyard was updated. */
  online: boolean;
  /** It is around the whole dashboard: nothing else is there to go on with. */
  whole?: boolean;
  children: ReactNode;
}

interface ErrorBoundaryState {
  at: string;
  error: Error | undefined;
  stack: string;
}

const NONE = { error: undefined, stack: '' };

/** Contains a page's failure: the error replaces that page and the rest keeps working. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { at: this.props.at, ...NONE };

  static getDerivedStateFromError(error: unknown): Partial<ErrorBoundaryState> {
    return { error: error instanceof Error ? error : new Error('a non-Error value was thrown') };
  }

  static getDerivedStateFromProps({ at }: ErrorBoundaryProps, state: ErrorBoundaryState): ErrorBoundaryState | null {
    return at === state.at ? null : { at, ...NONE };
  }

  override componentDidCatch(_error: unknown, { componentStack }: ErrorInfo): void {
    this.setState({ stack: componentStack ?? '' });
  }

  override render(): ReactNode {
    const { error, stack } = this.state;
    const { online, whole = false, children } = this.props;
    if (error === undefined) return children;
    const chunk = error instanceof ChunkError;
    return (
      <section role="alert" className={styles.failed} aria-label="Something went wrong">
        <p>
          <strong>{!chunk ? MESSAGES.unexpected : online ? MESSAGES.chunk : MESSAGES.chunkAway}</strong>
        </p>
        {!chunk && (
          <p>
            {whole ? 'Try again, or reload.' : 'The rest of Shopyard still works. Try again, or go to another page.'}
          </p>
        )}
        <p className={styles.actions}>
          {!chunk && (
            <button type="button" data-kind="primary" onClick={() => this.setState(NONE)}>
              Try again
            </button>
          )}
          <button
            type="button"
            data-kind={chunk ? 'primary' : undefined}
            disabled={chunk && !online}
            onClick={() => location.reload()}
          >
            Reload
          </button>
          {!chunk && (
            <button
              type="button"
              onClick={() => void copyText(`${location.href}\n${error.name}: ${error.message}\n${stack}`)}
            >
              Copy details
            </button>
          )}
        </p>
      </section>
    );
  }
}
