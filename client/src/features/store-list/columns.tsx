/** The columns beside name and status, which can be chosen. */
import type { Store } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import { versionsOf } from '../../lib/versions.ts';
import { useEngine } from '../../live/engines.ts';
import { Time } from '../../ui/time.tsx';
import type { Sort } from './arrange.ts';
import type { ColumnId } from './column-ids.ts';
import { ReadyDots } from './ready-dots.tsx';

export interface Column {
  id: ColumnId;
  title: string;
  sort?: Sort;
  render: (store: Store) => ReactNode;
}

export const COLUMNS: readonly Column[] = [
  { id: 'labels', title: 'Labels', render: ({ labels = {} }) => <Labels labels={labels} /> },
  { id: 'namespace', title: 'Namespace', render: ({ namespace }) => namespace },
  { id: 'pods', title: 'Pods', sort: 'pods', render: ({ pods }) => <ReadyDots {...pods} /> },
  { id: 'url', title: 'URL', render: (store) => <Url store={store} /> },
  { id: 'engine', title: 'Engine', render: ({ engine }) => <Engine id={engine} /> },
  { id: 'versions', title: 'Version', render: (store) => <Version store={store} /> },
  { id: 'by', title: 'Created by', render: ({ createdBy }) => createdBy },
  { id: 'age', title: 'Age', sort: 'age', render: ({ createdAt }) => <Time at={createdAt} age /> },
];

function Labels({ labels }: { labels: Record<string, string> }): ReactNode {
  return Object.entries(labels).map(([name, value]) => (
    <span key={name} data-label>
      {name}:{value}
    </span>
  ));
}

function Url({ store: { phase, url } }: { store: Store }): ReactNode {
  const text = url.replace(/^https?:\/\//, '');
  return phase === 'Ready' ? (
    <a href={url} target="_blank" rel="noreferrer" tabIndex={-1}>
      {text}
    </a>
  ) : (
    <span>{text}</span>
  );
}

/** That of the engine's own software; the others as a hint. */
function Version({ store }: { store: Store }): ReactNode {
  const all = versionsOf(store, useEngine(store.engine)).map(({ title, version }) => `${title} ${version}`);
  return <span title={all.join(', ')}>{all[0]}</span>;
}

function Engine({ id }: { id: string }): ReactNode {
  return useEngine(id)?.title ?? id;
}
